//! What only real processes show: races, faults, damage, modes, clocks, streams and signals.

mod clock;
mod faults;
mod flips;
mod modes;
mod race;
mod signals;
mod streams;
