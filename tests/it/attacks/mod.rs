//! What an attacker can do who can write the store and has older copies of it, but does not have the key.
//!
//! `attack_list` has every attack. Each is made on a store of its own, and every way to look at the store must report it,
//! unless the attack can't affect it. The change that would make an attack permanent is refused, or the attack stays
//! visible after it. The same attacks on a store without one of its guards show what each guard is for, and that the tests
//! would notice its loss.

mod attack;
mod attack_list;
mod gates;
mod guards;
mod incident;
mod laundering;
mod looks;
mod migration;
mod repair;
mod target;
