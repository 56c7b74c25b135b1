//! Damage: single bits of the store's file are flipped, and the output of commands is compared with the one before.
//!
//! Everything runs in process, because there are many commands. An output that differs must be an error, and `doctor`
//! must find the damage.

mod cases;
mod sample_store;
mod targets;

use std::{
    fs::{self, OpenOptions},
    os::unix::fs::FileExt,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use self::{
    cases::Original,
    targets::{FlipTarget, Gatepass, PlainSelect},
};
use crate::support::process::{is_full, print_figure};

/// The longest the commands after a flip may take: a hang must be noticed, not the stalls of a loaded machine.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Returns when a run ends, however many flips it has done.
fn longest_run() -> Duration {
    #[allow(clippy::disallowed_methods, reason = "a test has no host to ask")]
    let minutes = std::env::var("GATEPASS_FLIPS_MINUTES").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(60 * minutes.unwrap_or(60))
}

fn flips() -> u64 {
    if is_full() { 100_000 } else { 2_000 }
}

#[test]
fn a_flipped_bit_never_changes_an_answer_silently() {
    let original = Original::shared();
    let start = Instant::now();
    let report = flip_all(&original.store, flips(), || Gatepass::new(original));
    let FlipReport { count, visible, refused, violations } = &report;
    let took = start.elapsed();
    let violating = violations.len();
    print_figure(&format!(
        "flips: {count} in {took:?}; {visible} changed an output, {refused} outputs became errors; {violating} violations"
    ));
    assert!(*count >= flips().min(2_000), "too slow: only {count} flips were tried");
    assert!(
        *visible > count / 60,
        "hardly a flip changed an output: the harness reads something else"
    );
    assert!(violations.is_empty(), "{}", violations[..violating.min(20)].join("\n"));
}

/// The known-bad subject: a select of the same rows that ignores their row MACs.
#[test]
fn without_row_macs_flips_are_silent() {
    let original = Original::shared();
    let count = flips().min(20_000);
    let report = flip_all(&original.store, count, || PlainSelect::new(original));
    let unseen = report.violations.iter().filter(|what| what.contains("doctor")).count();
    let silent = report.violations.len() - unseen;
    print_figure(&format!(
        "flips: a plain select returned wrong rows after {silent} of {count} flips, and integrity_check reported ok for {unseen}"
    ));
    assert!(
        silent > 0 && unseen > 0,
        "the known-bad subject was not caught: the flips show nothing"
    );
}

#[derive(Default)]
struct FlipReport {
    count: u64,
    visible: u64,
    refused: u64,
    violations: Vec<String>,
}

fn flip_all<S: FlipTarget>(store: &[u8], count: u64, new: impl Fn() -> S + Sync) -> FlipReport {
    let threads = thread::available_parallelism().unwrap().get() as u64;
    let report: Vec<FlipReport> = thread::scope(|scope| {
        let work = |first| {
            let new = &new;
            move || flip_some(&mut new(), store, (first..count).step_by(threads as usize))
        };
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(work(first))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    report.into_iter().fold(FlipReport::default(), |mut all, some| {
        all.count += some.count;
        all.visible += some.visible;
        all.refused += some.refused;
        all.violations.extend(some.violations);
        all
    })
}

fn flip_some(
    target: &mut impl FlipTarget,
    store: &[u8],
    numbers: impl Iterator<Item = u64>,
) -> FlipReport {
    let mut report = FlipReport::default();
    let path = target.store();
    let run_start = Instant::now();
    for number in numbers.take_while(|_| run_start.elapsed() < longest_run()) {
        let place = pseudo_random(number) % (store.len() as u64 * 8);
        let (byte, bit) = (place / 8, place % 8);
        let original = store[byte as usize];
        flip_byte(&path, byte, original ^ (1 << bit));
        let start = Instant::now();
        let (refused, mut wrong) = target.run(number);
        let differs = refused > 0 || !wrong.is_empty();
        if differs && !target.doctor_finds_it() {
            wrong.push("doctor finds nothing".to_owned());
        }
        if start.elapsed() > TIMEOUT {
            // A machine that stalled once is unlikely to stall again.
            let again = Instant::now();
            target.run(number);
            if again.elapsed() > TIMEOUT {
                wrong.push(format!("it takes {:?}", again.elapsed()));
            }
        }
        report.count += 1;
        report.visible += u64::from(differs);
        report.refused += refused;
        report.violations.extend(
            wrong.into_iter().map(|what| format!("flip {number}, byte {byte}, bit {bit}: {what}")),
        );
        flip_byte(&path, byte, original);
    }
    report
}

/// Writes one byte, and removes the files that readers left beside the store.
fn flip_byte(store: &Path, byte: u64, value: u8) {
    OpenOptions::new().write(true).open(store).unwrap().write_all_at(&[value], byte).unwrap();
    for beside in ["-wal", "-shm"] {
        let mut path = store.as_os_str().to_owned();
        path.push(beside);
        fs::remove_file(path).ok();
    }
}

/// Returns a bit's place for a flip: the same in each run, anywhere in the file.
fn pseudo_random(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
