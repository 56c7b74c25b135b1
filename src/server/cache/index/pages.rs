//! Pages: bytes that are read in no order and never changed, side by side in huge pages where the system has them.
//!
//! With a million credentials nearly every look-up goes to memory that no cache holds. In ordinary pages each of them
//! would also be a walk through the page tables, which costs as much again.

use std::ops::Range;

use hyper::body::Bytes;
use memmap2::MmapMut;

/// What is moved in begins where a line of the processor's cache does.
const CACHE_LINE: usize = 64;

/// Room that fills up, and is then shared.
pub struct Pages {
    memory: Memory,
    used: usize,
}

enum Memory {
    Mapped(MmapMut),
    /// Where nothing can be mapped.
    Heap(Vec<u8>),
}

impl Pages {
    /// Room for so many bytes; what is not filled takes no memory.
    pub fn with_capacity(length: usize) -> Self {
        let room = match MmapMut::map_anon(length) {
            Ok(map) => Memory::Mapped(with_huge_pages(map)),
            Err(_) => Memory::Heap(vec![0; length]),
        };
        Self { memory: room, used: 0 }
    }

    /// Moves bytes in and answers where they stand; those that there is no room for stay where they are.
    pub fn take(&mut self, bytes: &mut Bytes) -> Option<Range<usize>> {
        let start = self.used.next_multiple_of(CACHE_LINE);
        let range = start..start + bytes.len();
        self.bytes().get_mut(range.clone())?.copy_from_slice(bytes);
        self.used = range.end;
        *bytes = Bytes::new();
        Some(range)
    }

    /// All of the room; zeros where nothing was moved in.
    pub fn bytes(&mut self) -> &mut [u8] {
        match &mut self.memory {
            Memory::Mapped(map) => map,
            Memory::Heap(own) => own,
        }
    }

    /// The bytes, which live until nobody refers to a part of them.
    pub fn share(self) -> Bytes {
        match self.memory {
            Memory::Mapped(map) => Bytes::from_owner(map),
            Memory::Heap(own) => Bytes::from(own),
        }
    }
}

/// Asks for huge pages; without them all of it is right, and slower.
fn with_huge_pages(map: MmapMut) -> MmapMut {
    #[cfg(target_os = "linux")]
    map.advise(memmap2::Advice::HugePage).ok();
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "longer than what is left of the room, which is one byte";

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
