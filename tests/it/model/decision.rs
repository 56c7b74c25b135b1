//! `decide` against the model's own verdict.
