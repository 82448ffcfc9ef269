//! The frame of a JPEG file, marker by marker: whether it is all there, and
//! what it costs to unpack. The decoder fills in grey for what is missing, and
//! does not tell.

/// What the markers say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    is_progressive: bool,
    pixels: u64,
    /// Values that are stored for each square of `square` pixels.
    values: u64,
    square: u64,
}

impl Head {
    /// Follows the markers to the end of the picture.
    pub(super) fn read(bytes: &[u8]) -> Result<Head, String> {
        let mut head = Head::default();
        let mut at = 2;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(next) = next_marker(rest) else {
                return Err(cut_short());
            };
            at += next + 2;
            let marker = bytes[at - 1];
            match marker {
                // End of the picture; what comes after it is not looked at.
                0xd9 => return Ok(head),
                // Marks that stand alone.
                0x01 | 0xd0..=0xd8 => continue,
                _ => {}
            }
            let segment = bytes.get(at..).unwrap_or_default();
            let [high, low, ..] = *segment else {
                return Err(cut_short());
            };
            let length = usize::from(u16::from_be_bytes([high, low]));
            let Some(content) = segment.get(2..length) else {
                return Err(cut_short());
            };
            if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
                head.take_frame(marker, content);
            }
            at += length;
        }
    }

    /// What a decoder keeps beside the pixels, in bytes: all that is stored of
    /// a progressive picture, because each scan adds to it.
    pub(super) fn overhead(self) -> u64 {
        if self.is_progressive {
            self.pixels * 2 * self.values / self.square.max(1)
        } else {
            0
        }
    }

    fn take_frame(&mut self, marker: u8, content: &[u8]) {
        self.is_progressive = matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce);
        let [_, h1, h0, w1, w0, _, components @ ..] = content else {
            return; // The decoder says what is wrong.
        };
        let height = u64::from(u16::from_be_bytes([*h1, *h0]));
        let width = u64::from(u16::from_be_bytes([*w1, *w0]));
        let sampling = |one: &[u8]| (u64::from(one[1] >> 4), u64::from(one[1] & 15));
        let all = components.chunks_exact(3).map(sampling);
        let widest = all.clone().map(|(across, _)| across).max().unwrap_or(1);
        let tallest = all.clone().map(|(_, down)| down).max().unwrap_or(1);
        self.pixels = width * height;
        self.values = all.map(|(across, down)| across * down).sum();
        self.square = widest * tallest;
    }
}

/// How far it is to the 0xff of the next marker. What lies before it are the
/// data of a scan, in which 0xff is followed by 0x00.
fn next_marker(bytes: &[u8]) -> Option<usize> {
    bytes
        .windows(2)
        .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xff))
}

fn cut_short() -> String {
    "the picture is damaged: its end is missing; copy or save it again".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(marker: u8, sampling: [u8; 3]) -> Vec<u8> {
        let [y, b, r] = sampling;
        let mut bytes = vec![0xff, 0xd8];
        bytes.extend([0xff, marker, 0, 17, 8, 0, 100, 0, 200, 3]);
        bytes.extend([1, y, 0, 2, b, 1, 3, r, 1]);
        bytes.extend([0xff, 0xda, 0, 3, 0, 1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]);
        bytes.extend([0xff, 0xd9]);
        bytes
    }

    #[test]
    fn only_a_progressive_picture_is_kept_whole() {
        assert_eq!(
            Head::read(&file(0xc0, [0x11; 3])).map(Head::overhead),
            Ok(0)
        );
        let full = Head::read(&file(0xc2, [0x11; 3])).map(Head::overhead);
        assert_eq!(full, Ok(20_000 * 2 * 3));
        let halved = Head::read(&file(0xc2, [0x22, 0x11, 0x11])).map(Head::overhead);
        assert_eq!(halved, Ok(20_000 * 3));
    }

    #[test]
    fn a_file_that_ends_before_its_picture_is_told_at_every_length() {
        let whole = file(0xc0, [0x11; 3]);
        for length in 2..whole.len() {
            assert!(Head::read(&whole[..length]).is_err(), "{length}");
        }
        let more = [whole, vec![1, 2, 3]].concat();
        assert!(Head::read(&more).is_ok());
    }
}
