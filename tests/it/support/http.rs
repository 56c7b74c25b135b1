//! The part of HTTP/1.1 that tests need, for clients and servers.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use socket2::{Domain, Socket, Type};

/// The time after which a silent peer fails a test.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A request or a response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpMessage {
    /// The request line or the status line.
    pub start_line: String,
    /// The headers in the order in which they were received.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl HttpMessage {
    /// Creates a message without headers and body.
    pub fn new(first: &str) -> Self {
        Self { start_line: first.to_owned(), ..Self::default() }
    }

    /// Adds a header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Returns all values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |(given, _): &&(String, String)| given.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the value of a header; `None` unless it occurs once.
    pub fn single(&self, name: &str) -> Option<&str> {
        match self.all(name).as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }

    /// Returns a word of the first line; empty if there is none.
    pub fn start_line_word(&self, index: usize) -> &str {
        self.start_line.split(' ').nth(index).unwrap_or_default()
    }

    /// Returns the status of a response; 0 if it has none.
    pub fn status(&self) -> u16 {
        self.start_line_word(1).parse().unwrap_or_default()
    }

    /// Reads a message; `None` if the peer has closed the connection.
    ///
    /// # Errors
    /// When the bytes are no message.
    pub fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(first) = read_line(from)? else { return Ok(None) };
        let mut message = Self::new(&first);
        while let Some(text) = read_line(from)?.filter(|text| !text.is_empty()) {
            let (name, value) = text.split_once(':').ok_or(io::ErrorKind::InvalidData)?;
            message.headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let length = message.single("content-length").and_then(|text| text.parse().ok());
        if message.single("transfer-encoding").is_some() {
            message.body = read_chunked_body(from)?;
        } else if let Some(length) = length {
            message.body = vec![0; length];
            from.read_exact(&mut message.body)?;
        }
        Ok(Some(message))
    }

    /// Returns the bytes to send: in one chunk if the headers say so, else with a length.
    pub fn bytes(&self) -> Vec<u8> {
        let headers = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let (first, headers, length) =
            (&self.start_line, headers.collect::<String>(), self.body.len());
        let head = format!("{first}\r\n{headers}");
        if self.single("transfer-encoding").is_some() {
            let (size, end) = (format!("\r\n{length:x}\r\n"), b"\r\n0\r\n\r\n");
            return [head.as_bytes(), size.as_bytes(), &self.body, end].concat();
        }
        [format!("{head}Content-Length: {length}\r\n\r\n").as_bytes(), &self.body].concat()
    }

    /// Sends the request and returns the response.
    ///
    /// # Errors
    /// When no response arrives in time.
    pub fn ask(&self, whom: SocketAddr) -> io::Result<Self> {
        ask(whom, &self.bytes())
    }

    /// Like [`Self::ask`], from another loopback address, which distinguishes the client from a proxy on this machine.
    ///
    /// # Errors
    /// When no response arrives in time.
    pub fn ask_from(&self, client: IpAddr, whom: SocketAddr) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(whom), Type::STREAM, None)?;
        socket.bind(&SocketAddr::new(client, 0).into())?;
        socket.connect(&whom.into())?;
        socket.set_read_timeout(Some(TIMEOUT))?;
        ask_over(TcpStream::from(socket), &self.bytes())
    }
}

/// Sends the bytes of a request and returns the response.
///
/// # Errors
/// When no response arrives in time.
pub fn ask(whom: SocketAddr, request: &[u8]) -> io::Result<HttpMessage> {
    let stream = TcpStream::connect(whom)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    ask_over(stream, request)
}

/// Like [`ask`], over an open connection.
///
/// # Errors
/// When no response arrives.
pub fn ask_over(mut stream: impl Read + Write, request: &[u8]) -> io::Result<HttpMessage> {
    stream.write_all(request)?;
    let response = HttpMessage::read(&mut BufReader::new(stream))?;
    response.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

fn read_line(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut text = String::new();
    let read = from.read_line(&mut text)?;
    Ok((read > 0).then(|| text.trim_end().to_owned()))
}

fn read_chunked_body(from: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = read_line(from)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        let size = u64::from_str_radix(&size, 16).map_err(io::Error::other)?;
        from.take(size).read_to_end(&mut body)?;
        read_line(from)?;
        if size == 0 {
            return Ok(body);
        }
    }
}

/// The reaction of a server to a request.
pub enum ServerReply {
    /// Send a response.
    Respond(HttpMessage),
    /// Send nothing for longer than any client waits.
    Hang,
    /// Close the connection.
    Drop,
}

/// A server on a free loopback port, until it is dropped.
pub struct TestServer {
    address: SocketAddr,
    open: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl TestServer {
    /// Starts a server that reacts with `reply`.
    pub fn start(reply: impl Fn(&HttpMessage) -> ServerReply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let open = Arc::new(Mutex::new(Some(Vec::new())));
        let (connections, reply) = (Arc::clone(&open), Arc::new(reply));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut connections = connections.lock().unwrap();
                let Some(connections) = connections.as_mut() else { return };
                connections.push(stream.try_clone().unwrap());
                let reply = Arc::clone(&reply);
                // Errors of a connection matter only to the client.
                thread::spawn(move || serve(stream, &*reply).ok());
            }
        });
        Self { address, open }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let connections = self.open.lock().unwrap().take();
        for connection in connections.into_iter().flatten() {
            connection.shutdown(Shutdown::Both).ok();
        }
        // Wakes the listener, which then ends.
        TcpStream::connect(self.address).ok();
    }
}

fn serve(stream: TcpStream, reply: &dyn Fn(&HttpMessage) -> ServerReply) -> io::Result<()> {
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = HttpMessage::read(&mut reader)? {
        match reply(&request) {
            ServerReply::Respond(message) => writer.write_all(&message.bytes())?,
            ServerReply::Hang => thread::sleep(TIMEOUT),
            ServerReply::Drop => return writer.shutdown(Shutdown::Both),
        }
    }
    Ok(())
}
