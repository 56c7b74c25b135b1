//! Backends with known faults: the suite must fail each of them.

mod apps_and_districts;
mod backend;
mod caught;
mod daily_usage;
mod faults;
mod messages;
