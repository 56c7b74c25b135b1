//! What only real processes show: races, faults, damage, modes, clocks and streams.

mod flips;
mod race;
