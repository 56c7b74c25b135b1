//! The numbers of rows. Each table numbers its rows on its own, and a type for each table keeps their numbers apart.

use std::fmt;

/// Defines the number of a row in one table.
macro_rules! define_seq {
    ($name:ident, $what:literal) => {
        #[doc = concat!("The number of ", $what, " within its store.")]
        ///
        /// Numbers start at 1 and are assigned in the order of creation, without gaps. A number is never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The number before the first one. No row has it.
            pub const NONE: Self = Self(0);
            /// The first number.
            pub const FIRST: Self = Self(1);

            /// Returns the number after this one.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0 + 1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

define_seq!(CredentialSeq, "a credential");
define_seq!(AppSeq, "an app");
define_seq!(DistrictSeq, "a district");
define_seq!(MessageSeq, "a message to an app");
define_seq!(AuditSeq, "an audit record");
