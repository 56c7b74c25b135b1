//! What only real processes show: races, faults, damage, modes, clocks, streams and a service manager.

mod clock;
mod damage;
mod faults;
mod flips;
mod modes;
mod race;
mod service;
mod streams;
