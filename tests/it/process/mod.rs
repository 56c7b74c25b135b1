//! What only real processes show: races, faults, damage, modes, clocks and streams.

mod clock;
mod faults;
mod flips;
mod modes;
mod race;
mod streams;
