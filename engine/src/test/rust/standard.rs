// A WASI command that does what the first word of its input says, with nothing but Rust's standard library.
use std::collections::HashMap;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

fn main() {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input).expect("stdin is UTF-8");
    let mut words = input.split(' ');
    match words.next().unwrap_or("") {
        "streams" => streams(&input),
        "surroundings" => surroundings(),
        "seeds" => seeds(),
        "clocks" => clocks(),
        "sleep" => sleep(number(words.next())),
        "files" => files(),
        "network" => network(),
        "threads" => threads(),
        "exit" => {
            eprintln!("leaving");
            print!("{}", number(words.next()));
            std::process::exit(number(words.next()) as i32);
        }
        "panic" => panic!("no luck with {:?}", words.next()),
        "index" => println!("{}", [1, 2, 3][number(words.next()) as usize]),
        "abort" => std::process::abort(),
        "allocate" => println!("{}", vec![1u8; number(words.next()) as usize].len()),
        other => panic!("no such word: {other}"),
    }
}

fn number(word: Option<&str>) -> u64 {
    word.and_then(|digits| digits.parse().ok()).expect("a number")
}

// Many small writes and flushes; reading at the end of stdin gives nothing, again and again.
fn streams(input: &str) {
    let line = io::stdin().lock().read_line(&mut String::new()).unwrap();
    let more = line + io::stdin().read(&mut [0; 10]).unwrap();
    print!("{{\"read\": ");
    io::stdout().flush().unwrap();
    for part in [input.len().to_string(), ", \"more\": ".into(), more.to_string()] {
        print!("{part}");
    }
    eprint!("é");
    eprintln!("😀 {}", "-".repeat(5000));
    println!(", \"empty\": {}}}", io::stdout().write(&[]).unwrap());
}

fn surroundings() {
    let mut variables: Vec<String> = std::env::vars().map(|(key, value)| format!("{key}>{value}")).collect();
    variables.sort();
    let arguments: Vec<String> = std::env::args().collect();
    let missing = std::env::var("NOT_SET").is_err();
    println!("[{:?}, {:?}, {missing}, {:?}]", arguments, variables, std::env::var("GREETING").unwrap());
}

// A map's order follows from its random seed.
fn seeds() {
    let map: HashMap<u32, u32> = (0..1000).map(|key| (key, key * key)).collect();
    let order: Vec<u32> = map.keys().copied().take(20).collect();
    assert_eq!((0..1000).map(|key| map[&key] as u64).sum::<u64>(), 332_833_500);
    println!("{order:?}");
}

fn clocks() {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let start = Instant::now();
    let mut last = start;
    for _ in 0..1000 {
        let now = Instant::now();
        assert!(now >= last);
        last = now;
    }
    println!("{}", since.as_millis());
}

fn sleep(millis: u64) {
    let start = Instant::now();
    std::thread::sleep(Duration::from_millis(millis));
    println!("{}", start.elapsed().as_millis());
}

fn files() {
    let errors = [
        std::fs::File::open("/etc/passwd").err(),
        std::fs::File::create("x").err(),
        std::fs::read_dir(".").err(),
        std::fs::metadata("/").err(),
        std::fs::remove_file("x").err(),
        std::fs::create_dir("x").err(),
        std::fs::rename("x", "y").err(),
    ];
    println!("[{}]", errors.map(|error| error.is_some().to_string()).join(", "));
}

fn network() {
    let errors = [
        TcpStream::connect("127.0.0.1:80").err(),
        TcpListener::bind("127.0.0.1:0").err(),
        UdpSocket::bind("127.0.0.1:0").err(),
    ];
    println!("[{}]", errors.map(|error| (error.unwrap().kind() == ErrorKind::Unsupported).to_string()).join(", "));
}

fn threads() {
    println!("{}", std::thread::Builder::new().spawn(|| ()).is_err());
}
