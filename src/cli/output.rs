//! Standard output, with an eye on whether anyone still reads it.

use std::io::{self, BufWriter, ErrorKind, Write};

/// A buffered output that remembers that its reader has gone, so that
/// `luwang places … | head` is no failure.
#[derive(Debug)]
pub struct Output<W: Write> {
    inner: BufWriter<W>,
    closed: bool,
}

impl<W: Write> Output<W> {
    /// Writes to `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner: BufWriter::new(inner), closed: false }
    }

    /// Whether the reader has gone.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    fn seen<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        self.closed |= matches!(&result, Err(error) if error.kind() == ErrorKind::BrokenPipe);
        result
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.inner.write(bytes);
        self.seen(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.inner.flush();
        self.seen(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe whose reader has gone.
    struct Closed(ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_gone_is_told_from_a_disk_that_is_full() {
        for (kind, closed) in [(ErrorKind::BrokenPipe, true), (ErrorKind::StorageFull, false)] {
            let mut output = Output::new(Closed(kind));
            assert!(output.write_all(b"answer").is_ok() && !output.is_closed());
            assert!(output.flush().is_err());
            assert_eq!(output.is_closed(), closed);
        }
    }
}
