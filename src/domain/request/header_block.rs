//! Header blocks as text: the lines of one request, or the output of `curl -v`.

/// The most bytes of a header block that are read.
pub const MAX_HEADER_BYTES: usize = 64 * 1024;

/// Returns the lines of the first request, without line breaks.
pub(super) fn header_lines(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines =
        || block.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let from_curl = lines().any(|line| line.starts_with(b"> "));
    lines()
        .filter_map(move |line| match (from_curl, line) {
            (false, line) => Some(line),
            (true, b">") => Some(b"".as_slice()),
            (true, line) => line.strip_prefix(b"> "),
        })
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
}

/// Returns the target of a request line. `None` if the line does not end with an HTTP version.
pub(super) fn request_target(line: &[u8]) -> Option<&[u8]> {
    let mut words = line.split(|byte| *byte == b' ');
    let (_method, target, version) = (words.next()?, words.next()?, words.next()?);
    version.starts_with(b"HTTP/").then_some(target)
}

/// Splits a header line into name and value. `None` for the request line, which has no name.
pub(super) fn split_header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
    (!name.is_empty() && !name.contains(&b' ')).then_some((name, value))
}
