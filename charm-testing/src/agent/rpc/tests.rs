//! The bytes of the protocol, against those that Go's net/rpc sends and takes.

use super::*;
use crate::model::Random;

/// What Go's own client and server said to each other, both directions in hexadecimal: five calls on one connection.
const GO: &str = include_str!("go.txt");

/// The bytes that one side sent, a call each.
fn recorded(arrow: &str) -> Vec<Vec<u8>> {
    let mut calls = Vec::new();
    let mut ours = false;
    for line in GO.lines() {
        if let Some(direction) = line.get(..2).filter(|start| matches!(*start, "->" | "<-")) {
            ours = direction == arrow;
            if ours {
                calls.push(Vec::new());
            }
        } else if let Some((_, rest)) = line.split_once("  ").filter(|_| ours && !line.starts_with("==")) {
            let bytes = rest.split('|').next().unwrap().split_whitespace();
            calls.last_mut().unwrap().extend(bytes.map(|byte| u8::from_str_radix(byte, 16).unwrap()));
        }
    }
    calls
}

fn request(command: &str, args: &[&str], stdin: Option<&str>) -> Request {
    let bytes = |text: &str| text.as_bytes().to_vec();
    Request {
        context_id: bytes("c/0-install-123"),
        dir: bytes("/x"),
        command: bytes(command),
        args: args.iter().map(|arg| bytes(arg)).collect(),
        stdin: stdin.map(bytes),
    }
}

fn requests() -> Vec<Request> {
    vec![
        request("config-get", &["--format=json"], None),
        request("is-leader", &[], None),
        request("relation-set", &["--file", "-"], None),
        request("relation-set", &["--file", "-"], Some("a: b\n")),
        request("fail", &[], None),
    ]
}

fn replies() -> Vec<Reply> {
    let answer = |code, stdout: &str, stderr: &str| Reply::Answer {
        code,
        stdout: stdout.as_bytes().to_vec(),
        stderr: stderr.as_bytes().to_vec(),
    };
    vec![
        answer(0, "hello --format=json\n", ""),
        answer(0, "hello \n", ""),
        Reply::NeedsStdin,
        answer(0, "hello --file,-\n", ""),
        answer(1, "", "ERROR boom\n"),
    ]
}

#[test]
fn a_client_sends_the_bytes_of_go_s_client() {
    let mut client = Client::new();
    let sent: Vec<Vec<u8>> = requests().iter().map(|request| client.call(request)).collect();
    assert_eq!(sent, recorded("->"));
}

#[test]
fn a_server_reads_go_s_client_and_sends_the_bytes_of_go_s_server() {
    let mut server = Server::new();
    let calls = recorded("->").into_iter().zip(requests()).zip(replies()).zip(recorded("<-"));
    for (((call, expected), reply), answered) in calls {
        server.push(&call);
        let incoming = server.next().unwrap().unwrap();
        assert_eq!(incoming.request, Ok(expected));
        assert_eq!(server.reply(&incoming, &reply), answered);
        assert!(server.next().unwrap().is_none());
    }
}

#[test]
fn a_client_reads_go_s_server() {
    let mut client = Client::new();
    for ((answered, request), reply) in recorded("<-").iter().zip(requests()).zip(replies()) {
        client.call(&request);
        client.push(answered);
        assert_eq!(client.reply().unwrap(), Some(reply));
    }
}

/// A client of another Go: other numbers for its types, fields in another order, some missing, and some that are
/// unknown here, of every kind of type that gob can pass over.
fn strange(out: &mut Vec<u8>) {
    gob::define_struct(out, 100, "Header", &[("Extra", 5), ("Seq", 3), ("ServiceMethod", 6)]);
    gob::define_slice(out, 90, "", 80);
    gob::define_struct(out, 80, "Inner", &[("X", gob::INT), ("Y", gob::STRING)]);
    gob::define_slice(out, 70, "[]string", gob::STRING);
    let fields = [("List", 90), ("Dir", 6), ("Float", 4), ("Args", 70), ("CommandName", 6), ("Inner", 80)];
    gob::define_struct(out, 75, "", &fields);
    StructValue::new(100).bytes(b"x").uint(7).bytes(METHOD).write(out);
    // List of two: {X: -1} and {Y: "y"}; Dir; Float 1.5; Args; no command; Inner {X: 3}.
    let value = [
        &[
            0xff, 0x96, 1, 2, 1, 1, 0, 2, 1, b'y', 0, 1, 1, b'/', 1, 0xfe, 0xf8, 0x3f, 1, 1, 1, b'a', 2, 1,
            6, 0,
        ][..],
        &[0],
    ]
    .concat();
    out.push(u8::try_from(value.len()).unwrap());
    out.extend(value);
}

#[test]
fn any_sender_s_types_are_understood() {
    let mut bytes = Vec::new();
    strange(&mut bytes);
    let mut server = Server::new();
    // As it comes, byte by byte.
    let (last, first) = bytes.split_last().unwrap();
    for byte in first {
        server.push(&[*byte]);
        assert!(server.next().unwrap().is_none());
    }
    server.push(&[*last]);
    let incoming = server.next().unwrap().unwrap();
    let expected = Request { dir: b"/".to_vec(), args: vec![b"a".to_vec()], ..Request::default() };
    assert_eq!((incoming.sequence, incoming.request), (7, Ok(expected)));
}

#[test]
fn what_has_no_such_method_says_so_and_goes_on() {
    for (method, error) in [
        ("Jujuc.Other", "rpc: can't find method Jujuc.Other"),
        ("Other.Main", "rpc: can't find service Other.Main"),
        ("Main", "rpc: service/method request ill-formed: Main"),
    ] {
        let mut bytes = Vec::new();
        gob::define_struct(&mut bytes, 65, "Request", &[("ServiceMethod", gob::STRING)]);
        gob::define_struct(&mut bytes, 66, "", &[("X", gob::INT)]);
        StructValue::new(65).bytes(method.as_bytes()).write(&mut bytes);
        StructValue::new(66).int(1).write(&mut bytes);
        let mut server = Server::new();
        server.push(&bytes);
        let incoming = server.next().unwrap().unwrap();
        assert_eq!(incoming.request, Err(error.to_owned()));
        let mut client = Client::new();
        client.call(&Request::default());
        client.push(&server.reply(&incoming, &Reply::Refused(error.to_owned())));
        assert_eq!(client.reply().unwrap(), Some(Reply::Refused(error.to_owned())));
    }
}

#[test]
fn many_bytes_and_many_words_pass() {
    let mut request = request("relation-set", &["word"; 1000], None);
    request.stdin = Some(vec![0xff; 1 << 20]);
    let (mut client, mut server) = (Client::new(), Server::new());
    server.push(&client.call(&request));
    let incoming = server.next().unwrap().unwrap();
    assert_eq!(incoming.request.as_ref(), Ok(&request));
    let reply = Reply::Answer { code: -1, stdout: vec![b'x'; 300], stderr: vec![0; 70_000] };
    client.push(&server.reply(&incoming, &reply));
    assert_eq!(client.reply().unwrap(), Some(reply));
}

/// Hands `bytes` over in pieces. Whatever they are, it ends, with calls or an error.
fn feed(bytes: &[u8], piece: usize) -> usize {
    let mut server = Server::new();
    let mut calls = 0;
    for chunk in bytes.chunks(piece.max(1)) {
        server.push(chunk);
        loop {
            match server.next() {
                Ok(Some(_)) => calls += 1,
                Ok(None) => break,
                Err(_) => return calls,
            }
        }
    }
    calls
}

#[test]
fn a_cut_stream_is_no_call() {
    let bytes = recorded("->").remove(0);
    for end in 0..bytes.len() {
        assert_eq!(feed(&bytes[..end], bytes.len()), 0, "cut after {end}");
    }
    assert_eq!(feed(&bytes, bytes.len()), 1);
}

#[test]
fn whatever_bytes_come_it_ends() {
    let mut strange_bytes = Vec::new();
    strange(&mut strange_bytes);
    let seeds = [recorded("->").concat(), strange_bytes];
    let mut random = Random::new(1);
    for round in 0..5000 {
        let mut bytes = seeds[round % 2].clone();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            match random.below(4) {
                0 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
                1 => bytes[at] ^= 1 << random.below(8),
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, [0, 0x7f, 0x80, 0xf8, 0xff][random.below(5)]),
            }
        }
        feed(&bytes, random.below(300));
        let mut client = Client::new();
        client.call(&Request::default());
        client.push(&bytes);
        while let Ok(Some(_)) = client.reply() {}
    }
    for _ in 0..2000 {
        let length = random.below(200);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
        feed(&bytes, 200);
    }
}

#[test]
fn lengths_and_numbers_are_not_believed() {
    let refused = |bytes: &[u8]| {
        let mut server = Server::new();
        server.push(bytes);
        match server.next() {
            Ok(incoming) => incoming.unwrap().request.unwrap_err(),
            Err(error) => error.to_string(),
        }
    };
    // A message of 2^64 - 1 bytes, and one a byte too long.
    assert_eq!(refused(&[0xf8, 255, 255, 255, 255, 255, 255, 255, 255]), "gob: a message is too long");
    assert_eq!(refused(&[0xfc, 2, 0, 0, 1]), "gob: a message is too long");
    assert_eq!(refused(&[0xf0]), "gob: a number has more than eight bytes");
    // A type that holds itself, and a value of it that goes on for ever.
    let mut bytes = Vec::new();
    gob::define_slice(&mut bytes, 66, "", 66);
    gob::define_struct(&mut bytes, 65, "", &[("X", 66)]);
    let value = [&[0xff, 0x82, 1][..], &[1; 100]].concat();
    bytes.push(103);
    bytes.extend(value);
    assert_eq!(refused(&bytes), "gob: types hold each other too deeply");
    // 2^56 words in a message of twelve bytes.
    let mut bytes = Vec::new();
    gob::define_struct(&mut bytes, 65, "", &[("ServiceMethod", gob::STRING)]);
    gob::define_slice(&mut bytes, 67, "", gob::STRING);
    gob::define_struct(&mut bytes, 66, "", &[("Args", 67)]);
    StructValue::new(65).bytes(METHOD).write(&mut bytes);
    bytes.extend([12, 0xff, 0x84, 1, 0xf8, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(refused(&bytes), "gob: a list is too long");
    // Types without end.
    let mut bytes = Vec::new();
    for id in 65..200 {
        gob::define_slice(&mut bytes, id, "", gob::STRING);
    }
    assert_eq!(refused(&bytes), "gob: too many types");
}
