//! Sums depend on the rows of a table, not on their order, and no two states share a mask.

use proptest::prelude::*;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use super::alter::Alter;
use crate::{
    domain::{credential::Credential, usage::LastUse},
    keys::{Keys, MasterKey},
    store::{
        port::record::MaskedSums,
        row_mac::{RowMac, Summand, SummedTable, TableSums, unmasked},
    },
};

fn keys() -> Keys {
    Keys::derive(&MasterKey::generate(&mut ChaCha20Rng::seed_from_u64(1)))
}

fn sums_of(rows: &[(usize, u128)]) -> TableSums {
    let mut sums = TableSums::default();
    for (table, summand) in rows {
        sums.add(SummedTable::ALL[*table], Summand(*summand));
    }
    sums
}

fn plain(stored: &MaskedSums, keys: &Keys) -> Vec<u128> {
    SummedTable::ALL.map(|table| unmasked(stored, &keys.sum, table)).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_in_any_order_lead_to_the_sum_of_the_rows(
        rows in prop::collection::vec((0..SummedTable::ALL.len(), any::<u128>()), 0..20),
        removed in any::<prop::sample::Index>(),
    ) {
        let (keys, removed) = (keys(), removed.index(rows.len() + 1));
        let mut stored = TableSums::default().masked(&keys.sum);
        for row in rows.iter().rev() {
            stored = sums_of(&[*row]).added_to(&stored, &keys.sum);
        }
        let mut left = rows.clone();
        if removed < rows.len() {
            let (table, summand) = left.remove(removed);
            let mut change = TableSums::default();
            change.subtract(SummedTable::ALL[table], Summand(summand));
            stored = change.added_to(&stored, &keys.sum);
        }
        let expected = sums_of(&left);
        prop_assert_eq!(plain(&stored, &keys), SummedTable::ALL.map(|table| expected.of(table)));
        // The same rows always have the same stored sums, whatever happened before.
        prop_assert_eq!(stored, expected.masked(&keys.sum));
    }
}

#[test]
fn different_sums_share_no_mask() {
    let keys = keys();
    let states = [&[][..], &[(0, 1)], &[(0, 2)], &[(9, 1)], &[(8, 1)], &[(0, 1), (9, 1)]];
    let stored: Vec<_> = states.iter().map(|rows| sums_of(rows).masked(&keys.sum)).collect();
    for (at, one) in stored.iter().enumerate() {
        for other in &stored[..at] {
            assert_ne!(one.nonce, other.nonce);
            assert!(one.masked.iter().all(|masked| !other.masked.contains(masked)));
        }
    }
}

/// If one of these values changes, existing stores seem to be tampered with.
#[test]
fn stored_sums_never_change() {
    let keys = keys();
    let row_mac = RowMac::new(&keys);
    let mut sums = TableSums::default();
    sums.add(SummedTable::Credentials, row_mac.summand(&Credential::sample()));
    sums.add(SummedTable::LastUses, row_mac.summand(&LastUse::sample()));
    let stored: String =
        sums.masked(&keys.sum).to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    insta::assert_snapshot!(stored, @"c2b6e906bfcb7be4eefbd0a234ef60895ef856e109c426d9426accfaa6a1ee0c05fd7f1925a9052d3e70736c7f3e09cd8db225ccd1dc2cb8e3de836da47bcd2737c229738a9d4a2da9013188bac30051d953d6edf611ef3b4cb397f4d731a8b8f707a41752ad7c05c0b2784a730688bb51765833502b9196b2ef23713dbec61b12e48e27752a301a53c8e4a0da87c299ce8987305719b57657e3c2d0f8cb77eb97958871c6e635f69df6c569c869dab2");
}

#[test]
fn a_summand_is_the_other_half_of_the_hmac() {
    let keys = keys();
    let row_mac = RowMac::new(&keys);
    let (row, summand) = row_mac.authenticate_summed(LastUse::sample());
    assert_eq!(row, row_mac.authenticate(LastUse::sample()));
    assert_ne!(summand.0.to_be_bytes(), row.mac);
    assert_eq!(row_mac.verify_summed(row), Some((LastUse::sample(), summand)));
}
