//! What only real processes show: races, faults, damage, modes, clocks, streams and signals.

mod bit_flips;
mod clock;
mod faults;
mod modes;
mod race;
mod signals;
mod streams;
