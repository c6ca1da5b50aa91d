//! Messages over standard input and output.
//!
//! The threads of `lsp_server` end at the first message that is no JSON; an editor would then be without diagnostics until it
//! restarts the server. Here such a message is left out and the next one is read, and no more memory is taken for a message than
//! has come of it, whatever its header says.

use std::io::{self, BufRead, Read as _, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};

/// The threads that carry messages.
#[derive(Debug)]
pub struct Carriers {
    writer: JoinHandle<io::Result<()>>,
}

impl Carriers {
    /// Waits until all that was said has been written.
    ///
    /// # Errors
    /// If it could not be written.
    pub fn join(self) -> io::Result<()> {
        self.writer.join().unwrap_or_else(|_| Err(io::Error::other("the thread that writes has panicked")))
    }
}

/// A connection over standard input and output.
pub fn stdio() -> (Connection, Carriers) {
    let (ours, theirs) = Connection::memory();
    let Connection { sender, receiver } = theirs;
    // The reader ends with the program: it may wait for input for ever.
    thread::spawn(move || read_all(&mut io::stdin().lock(), |message| sender.send(message).is_ok()));
    let writer = thread::spawn(move || write_all(&mut io::stdout().lock(), receiver.into_iter()));
    (ours, Carriers { writer })
}

/// Gives all messages to `take` until it wants no more or the input ends.
fn read_all(input: &mut impl BufRead, mut take: impl FnMut(Message) -> bool) {
    while let Ok(Some(body)) = read(input) {
        if let Ok(message) = serde_json::from_slice(&body)
            && !take(message)
        {
            return;
        }
    }
}

/// The name of the only field of a header that counts.
const LENGTH: &[u8] = b"content-length:";

/// Reads the next message; none at the end of the input. A length stands at the end of a line, whatever stands before it there: the
/// rest of a message whose own length was too small.
fn read(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length: Option<u64> = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = line.trim_ascii();
        match (text.is_empty(), length) {
            (true, Some(length)) => {
                let mut body = Vec::new();
                input.take(length).read_to_end(&mut body)?;
                return Ok(Some(body));
            }
            (true, None) => {}
            (false, _) => length = length_in(text).or(length),
        }
    }
}

/// The length that a line of a header gives.
fn length_in(line: &[u8]) -> Option<u64> {
    let at = line.windows(LENGTH.len()).rposition(|part| part.eq_ignore_ascii_case(LENGTH))?;
    str::from_utf8(line.get(at + LENGTH.len()..)?).ok()?.trim().parse().ok()
}

fn write_all(output: &mut impl Write, messages: impl Iterator<Item = Message>) -> io::Result<()> {
    for message in messages {
        message.write(output)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: usize) {
        let mut read = Vec::new();
        read_all(&mut input.as_bytes(), |message| {
            read.push(message);
            true
        });
        assert_eq!(read.len(), expected, "{read:?}");
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#;

    #[test]
    fn a_message_that_is_no_json_is_left_out() {
        check(&(framed("{") + &framed(GOOD)), 1);
        check(&(framed("[1]") + &framed(GOOD) + &framed(GOOD)), 2);
    }

    #[test]
    fn a_header_that_is_none_is_left_out() {
        check(&("nonsense\r\n".to_owned() + &framed(GOOD)), 1);
        check(&("Content-Length: many\r\n\r\n".to_owned() + &framed(GOOD)), 1);
        check("Content-Length: 99\r\n\r\n{", 0);
        check(&format!("Content-Length: {}\r\n\r\n{{", u64::MAX), 0);
        check("", 0);
    }

    #[test]
    fn a_header_may_be_written_in_other_ways() {
        check(&format!("content-length:{}\n\n{GOOD}", GOOD.len()), 1);
        check(&format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {}\r\n\r\n{GOOD}", GOOD.len()), 1);
    }

    #[test]
    fn a_length_that_is_wrong_costs_no_message_but_its_own() {
        // Letters were counted, not bytes: the last bytes stand before the next header.
        let short = r#"{"jsonrpc":"2.0","method":"é","params":{}}"#;
        check(&(format!("Content-Length: {}\r\n\r\n{short}", short.chars().count()) + &framed(GOOD) + &framed(GOOD)), 2);
        let with_lines = "{\n\n}";
        check(&(format!("Content-Length: 2\r\n\r\n{with_lines}") + &framed(GOOD)), 1);
    }
}
