//! What only real processes show: races, faults, damage, modes, clocks, streams, mounts and signals.

mod bit_flips;
mod clock;
mod fault_target;
mod faults;
mod instructions;
mod io_errors;
mod migration;
mod modes;
mod mounts;
mod race;
mod signals;
mod streams;
