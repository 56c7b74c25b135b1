//! As much of HTTP/1.1 as the stories need, on both ends of a connection.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use socket2::{Domain, Socket, Type};

/// Whoever says nothing for so long is no longer listened to.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A request or an answer: both are a first line, headers and a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpMessage {
    /// The request line or the status line.
    pub start_line: String,
    /// The headers as they came.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl HttpMessage {
    /// One without headers and body.
    pub fn new(first: &str) -> Self {
        Self { start_line: first.to_owned(), ..Self::default() }
    }

    /// The same with one more header.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with this body.
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// All values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let same = |(given, _): &&(String, String)| given.eq_ignore_ascii_case(name);
        self.headers.iter().filter(same).map(|(_, value)| value.as_str()).collect()
    }

    /// A header's value, if it came once.
    pub fn single(&self, name: &str) -> Option<&str> {
        match self.all(name).as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }

    /// The words of the first line.
    pub fn start_line_word(&self, place: usize) -> &str {
        self.start_line.split(' ').nth(place).unwrap_or_default()
    }

    /// The status of an answer.
    pub fn status(&self) -> u16 {
        self.start_line_word(1).parse().unwrap_or_default()
    }

    /// Reads one; `None` when the other end has closed.
    ///
    /// # Errors
    /// When what comes is none.
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

    /// As it goes over the wire: in one chunk, if that is what its headers say, else with its length.
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

    /// Sends it as a request, and answers the answer.
    ///
    /// # Errors
    /// When there is none in time.
    pub fn ask(&self, whom: SocketAddr) -> io::Result<Self> {
        ask(whom, &self.bytes())
    }

    /// The same from a loopback address of the client's own, which tells it from a proxy on this machine.
    ///
    /// # Errors
    /// When there is no answer in time.
    pub fn ask_from(&self, client: IpAddr, whom: SocketAddr) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(whom), Type::STREAM, None)?;
        socket.bind(&SocketAddr::new(client, 0).into())?;
        socket.connect(&whom.into())?;
        socket.set_read_timeout(Some(TIMEOUT))?;
        ask_over(TcpStream::from(socket), &self.bytes())
    }
}

/// Sends a request as it is, and answers the answer.
///
/// # Errors
/// When there is none in time.
pub fn ask(whom: SocketAddr, request: &[u8]) -> io::Result<HttpMessage> {
    let stream = TcpStream::connect(whom)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    ask_over(stream, request)
}

/// The same over a connection that is open.
///
/// # Errors
/// When there is no answer.
pub fn ask_over(mut stream: impl Read + Write, request: &[u8]) -> io::Result<HttpMessage> {
    stream.write_all(request)?;
    let answer = HttpMessage::read(&mut BufReader::new(stream))?;
    answer.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
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

/// What a server does upon a request.
pub enum ServerReply {
    /// It answers.
    Respond(HttpMessage),
    /// It says nothing for longer than anybody waits.
    Hang,
    /// It closes the connection.
    Drop,
}

/// A server on a free loopback port, until it is dropped.
pub struct TestServer {
    address: SocketAddr,
    open: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl TestServer {
    /// Starts one that answers with `answer`.
    pub fn start(answer: impl Fn(&HttpMessage) -> ServerReply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let open = Arc::new(Mutex::new(Some(Vec::new())));
        let (connections, answer) = (Arc::clone(&open), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut connections = connections.lock().unwrap();
                let Some(connections) = connections.as_mut() else { return };
                connections.push(stream.try_clone().unwrap());
                let answer = Arc::clone(&answer);
                // A connection that breaks is the story of the other end.
                thread::spawn(move || serve(stream, &*answer).ok());
            }
        });
        Self { address, open }
    }

    /// Where it listens.
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
        // Wakes the listener, which then finds itself closed.
        TcpStream::connect(self.address).ok();
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(&HttpMessage) -> ServerReply) -> io::Result<()> {
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = HttpMessage::read(&mut reader)? {
        match answer(&request) {
            ServerReply::Respond(message) => writer.write_all(&message.bytes())?,
            ServerReply::Hang => thread::sleep(TIMEOUT),
            ServerReply::Drop => return writer.shutdown(Shutdown::Both),
        }
    }
    Ok(())
}
