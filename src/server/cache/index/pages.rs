//! Memory in huge pages, where the system has them, for bytes that are read at random and never changed.
//!
//! With a million credentials, nearly every lookup misses the processor's cache. With ordinary pages it would also need a
//! walk through the page tables, which doubles its cost.

use std::ops::Range;

use hyper::body::Bytes;
use memmap2::MmapMut;

/// What is moved in is aligned to a line of the processor's cache.
const CACHE_LINE: usize = 64;

/// Memory that is filled first and then shared.
pub struct Pages {
    memory: Memory,
    used: usize,
}

enum Memory {
    Mapped(MmapMut),
    /// Used if memory can't be mapped.
    Heap(Vec<u8>),
}

impl Pages {
    /// Reserves `length` bytes. What is not filled takes no memory.
    pub fn with_capacity(length: usize) -> Self {
        let memory = match MmapMut::map_anon(length) {
            Ok(map) => Memory::Mapped(with_huge_pages(map)),
            Err(_) => Memory::Heap(vec![0; length]),
        };
        Self { memory, used: 0 }
    }

    /// Moves bytes in and returns their range. If they do not fit, returns `None` and leaves them unchanged.
    pub fn take(&mut self, bytes: &mut Bytes) -> Option<Range<usize>> {
        let start = self.used.next_multiple_of(CACHE_LINE);
        let range = start..start + bytes.len();
        self.bytes().get_mut(range.clone())?.copy_from_slice(bytes);
        self.used = range.end;
        *bytes = Bytes::new();
        Some(range)
    }

    /// Returns the whole memory; it is zero where nothing was moved in.
    pub fn bytes(&mut self) -> &mut [u8] {
        match &mut self.memory {
            Memory::Mapped(map) => map,
            Memory::Heap(bytes) => bytes,
        }
    }

    /// Returns the bytes. They are freed when no part of them is referenced.
    pub fn share(self) -> Bytes {
        match self.memory {
            Memory::Mapped(map) => Bytes::from_owner(map),
            Memory::Heap(bytes) => Bytes::from(bytes),
        }
    }
}

/// Requests huge pages. Without them lookups are correct but slower.
fn with_huge_pages(map: MmapMut) -> MmapMut {
    #[cfg(target_os = "linux")]
    map.advise(memmap2::Advice::HugePage).ok();
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "longer than the memory that is left, which is one byte";

    #[test]
    fn only_bytes_that_fit_are_moved() {
        let some = [Some(0..3), None, Some(64..65)];
        for (length, expected) in [(0, [None, None, None]), (65, some)] {
            let mut pages = Pages::with_capacity(length);
            let mut parts = ["abc", LONG, "h"].map(Bytes::from);
            let places = parts.each_mut().map(|part| pages.take(part));
            assert_eq!(places, expected);
            assert_eq!(parts[1], LONG);
            let shared = pages.share();
            let moved: Vec<_> = places.into_iter().flatten().map(|at| shared.slice(at)).collect();
            assert!(moved.is_empty() || moved == ["abc", "h"]);
        }
    }
}
