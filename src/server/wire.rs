//! Messages over standard input and output.
//!
//! The threads of `lsp_server` end at the first message that is no JSON; an editor would then be without diagnostics until it
//! restarts the server. Here such a message is left out and the next one is read.

use std::io::{self, BufRead, Write};
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
    loop {
        match Message::read(input) {
            Ok(Some(message)) => {
                if !take(message) {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
            Ok(None) | Err(_) => return,
        }
    }
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
        check("", 0);
    }
}
