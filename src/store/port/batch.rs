//! Batches of rows.

use std::ops::ControlFlow;

/// The number of rows in each batch of a scan, except for the last one.
pub const SCAN_BATCH: usize = 1_024;

/// A callback that receives the rows of a scan in batches, none of them empty. Returning `Break` ends the scan.
pub type BatchCallback<'a, T> = dyn FnMut(Vec<T>) -> ControlFlow<()> + 'a;
