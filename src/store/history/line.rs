//! A checkpoint as one line of text.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    domain::seq::AuditSeq,
    store::port::record::{Checkpoint, WithMac},
};

/// The first word of the line.
const PREFIX: &str = "gatepass-checkpoint-1";

/// Returns the line of a checkpoint: the prefix, the number of the record, and its link and MAC in Base64.
pub fn format_checkpoint(WithMac { record, mac }: &WithMac<Checkpoint>) -> String {
    let link_and_mac = STANDARD.encode([&record.link[..], &mac[..]].concat());
    format!("{PREFIX} {} {link_and_mac}", record.seq)
}

/// Parses the line of a checkpoint. Does not verify its MAC.
pub fn parse_checkpoint(line: &str) -> Option<WithMac<Checkpoint>> {
    let (seq, link_and_mac) = line.strip_prefix(PREFIX)?.strip_prefix(' ')?.split_once(' ')?;
    let link_and_mac = STANDARD.decode(link_and_mac).ok()?;
    let (link, mac) = link_and_mac.split_at_checked(32)?;
    let record = Checkpoint { seq: AuditSeq(seq.parse().ok()?), link: link.try_into().ok()? };
    Some(WithMac { record, mac: mac.try_into().ok()? })
}
