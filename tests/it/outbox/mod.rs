//! Messages to apps: written with the change, delivered at least once, in order, with a stable id.

mod delivery;
mod expiry_threshold;
mod fixture;
mod kills;
mod process;
mod tampering;
mod transport;
