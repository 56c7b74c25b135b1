//! Tests of what a request may present.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use rand::SeedableRng;

use super::{
    authorization::{ClientCredentials, PresentedSecret},
    presented::PresentedCredential,
    target::target_contains_secret,
};
use crate::domain::{
    credential::secret::{Plaintext, SecretKind, contains_secret},
    decision::Reason,
    directory::id::ClientId,
};

const ACCOUNT: &str = "948-4KK-444Z";

fn secret_of(kind: SecretKind, seed: u64) -> String {
    let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let secret = Plaintext::generate(kind, &mut entropy);
    String::from_utf8(secret.expose().to_vec()).unwrap()
}

fn secret(seed: u64) -> String {
    secret_of(SecretKind::AccountPasscode, seed)
}

/// The header lines of a request that is allowed.
fn valid_headers() -> String {
    format!("X-CleverTap-Account-Id: {ACCOUNT}\nX-CleverTap-Passcode: {}\n", secret(1))
}

fn reason(block: &str) -> Reason {
    PresentedCredential::from_header_block(block.as_bytes())
        .map_or_else(|refusal| refusal.reason, |_| Reason::Allowed)
}

#[test]
fn header_names_are_case_insensitive() {
    let block =
        format!("x-CLEVERTAP-account-ID: {ACCOUNT}\r\nX-Clevertap-Passcode:  {}\r\n", secret(1));
    let presented = PresentedCredential::from_header_block(block.as_bytes()).unwrap();
    assert_eq!(presented.account.unwrap().as_str(), ACCOUNT);
    assert_eq!(presented.secret.expose(), secret(1).as_bytes());
}

#[test]
fn exactly_one_secret_is_accepted() {
    let one = valid_headers();
    assert_eq!(reason(&one), Reason::Allowed);
    assert_eq!(reason(&format!("{one}X-CleverTap-Passcode: {}\n", secret(2))), Reason::Duplicate);
    assert_eq!(reason(&format!("{one}Authorization: Bearer {}\n", secret(2))), Reason::Duplicate);
    assert_eq!(reason(&format!("{one}X-CleverTap-Account-Id: {ACCOUNT}\n")), Reason::Duplicate);
    assert_eq!(reason("Host: x\n"), Reason::Missing);
    assert_eq!(reason(""), Reason::Missing);
    let bearer = format!("Authorization: Bearer {}\n", secret(1));
    assert_eq!(reason(&bearer), Reason::Allowed);
    assert_eq!(reason(&bearer.repeat(2)), Reason::Duplicate);
}

/// Each way to write the dashes of a header name, as `-` or `_`.
fn spellings(name: &str) -> Vec<String> {
    let Some((start, rest)) = name.split_once('-') else { return vec![name.to_owned()] };
    let with_dash = |rest: String| ["-", "_"].map(|dash| format!("{start}{dash}{rest}"));
    spellings(rest).into_iter().flat_map(with_dash).collect()
}

#[test]
fn names_that_proxies_correct_are_duplicates() {
    let one = valid_headers();
    for name in ["X-CleverTap-Passcode", "X-CleverTap-Account-Id"] {
        for variant in spellings(name).into_iter().filter(|spelling| spelling != name) {
            for variant in [variant.clone(), variant.to_lowercase(), variant.to_uppercase()] {
                let line = format!("{variant}: {ACCOUNT}\n");
                assert_eq!(reason(&format!("{one}{line}")), Reason::Duplicate, "{variant}");
                assert_eq!(reason(&format!("{line}{one}")), Reason::Duplicate, "{variant}");
                assert_eq!(reason(&line), Reason::Duplicate, "{variant} alone");
            }
        }
        for other in [format!("{name}s"), format!("Y{}", &name[1..]), name.replace('-', "")] {
            assert_eq!(reason(&format!("{one}{other}: x\n")), Reason::Allowed, "{other}");
        }
    }
}

#[test]
fn a_passcode_header_requires_an_account_id() {
    let passcode = format!("X-CleverTap-Passcode: {}\n", secret(1));
    assert_eq!(reason(&passcode), Reason::AccountMissing);
    assert_eq!(
        reason(&format!("X-CleverTap-Account-Id: nobody\n{passcode}")),
        Reason::AccountMalformed
    );
    assert_eq!(reason(&format!("Authorization: bearer {}\n", secret(1))), Reason::Allowed);
    assert_eq!(reason("Authorization: Basic eDp5\n"), Reason::Malformed);
}

#[test]
fn a_legacy_key_is_the_user_name_of_basic() {
    let read = |value: &str| {
        let block = format!("Authorization: {value}\n");
        let presented = PresentedCredential::from_header_block(block.as_bytes()).ok()?;
        let PresentedSecret::Legacy(key) = presented.secret else { return None };
        Some(String::from_utf8(key.expose().to_vec()).unwrap())
    };
    let basic = |text: &str| STANDARD.encode(text);
    assert_eq!(read(&format!("Basic {}", basic("DEMO_KEY:"))).as_deref(), Some("DEMO_KEY"));
    assert_eq!(read(&format!("basic {}:", basic("DEMO_KEY"))).as_deref(), Some("DEMO_KEY"));
    assert_eq!(read(&format!("Basic {}", basic("DEMO_KEY"))), None, "no colon anywhere");
    assert_eq!(read(&format!("Basic {}", basic("DEMO_KEY:password"))), None);
    assert_eq!(read(&format!("Basic {}", basic(":"))), None);
    assert_eq!(read(&format!("Basic {}", basic(&format!("{}:", secret(1))))), None);
    assert_eq!(read("Basic %%%"), None);
}

#[test]
fn each_kind_of_secret_has_its_place() {
    for kind in SecretKind::ALL {
        let secret = secret_of(kind, 9);
        let headers =
            format!("X-CleverTap-Account-Id: {ACCOUNT}\nX-CleverTap-Passcode: {secret}\n");
        let is_token = kind == SecretKind::Token;
        let as_passcode = if is_token { Reason::Malformed } else { Reason::Allowed };
        assert_eq!(reason(&headers), as_passcode, "{kind:?}");
        let bearer = format!("Authorization: Bearer {secret}\n");
        assert_eq!(reason(&bearer), Reason::Allowed, "{kind:?}");
        let basic = STANDARD.encode(format!("{secret}:"));
        let basic = format!("Authorization: Basic {basic}\n");
        assert_eq!(reason(&basic), Reason::Malformed, "{kind:?}");
    }
}

#[test]
fn authorization_has_a_scheme_blanks_and_one_secret() {
    let secret = secret(1);
    let key = STANDARD.encode("DEMO_KEY:");
    for valid in [
        format!("Bearer {secret}"),
        format!("BEARER  {secret}"),
        format!("bearer \t {secret}"),
        format!(" \tBearer {secret} \t"),
        format!("Basic  {key}"),
        format!("BASIC \t{key}"),
    ] {
        assert_eq!(reason(&format!("Authorization: {valid}\n")), Reason::Allowed, "{valid:?}");
    }
    for bad in [
        String::new(),
        secret.clone(),
        format!("Bearer{secret}"),
        format!("Bearer\t{secret}"),
        format!("Bearer: {secret}"),
        format!("Bearer {secret} {secret}"),
        format!("Bearer {secret},"),
        format!("Bearer \"{secret}\""),
        format!("Token {secret}"),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        format!("Basic{key}"),
    ] {
        assert_eq!(reason(&format!("Authorization: {bad}\n")), Reason::Malformed, "{bad:?}");
    }
}

#[test]
fn an_account_beside_authorization_must_be_an_account_id() {
    let bearer = format!("Authorization: Bearer {}\n", secret(1));
    let named = |account: &str| format!("X-CleverTap-Account-Id: {account}\n{bearer}");
    let presented = PresentedCredential::from_header_block(named(ACCOUNT).as_bytes()).unwrap();
    assert_eq!(presented.account.unwrap().as_str(), ACCOUNT);
    let presented = PresentedCredential::from_header_block(bearer.as_bytes()).unwrap();
    assert_eq!(presented.account, None);
    for bad in ["", "nobody", "948-4KK-444Z,948-4KK-444Z"] {
        assert_eq!(reason(&named(bad)), Reason::AccountMalformed, "{bad:?}");
    }
}

#[test]
fn client_credentials_are_read_from_basic_auth() {
    let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(10);
    let client = ClientId::generate(&mut entropy);
    let read = |text: &str| {
        ClientCredentials::parse(format!("Basic {}", STANDARD.encode(text)).as_bytes())
    };
    for kind in SecretKind::ALL {
        let secret = secret_of(kind, 10);
        match (read(&format!("{client}:{secret}")), kind) {
            (Some(credentials), SecretKind::AppSecret) => {
                assert_eq!(credentials.client, client);
                assert_eq!(credentials.secret.expose(), secret.as_bytes());
            }
            (found, _) => assert!(found.is_none(), "{kind:?}"),
        }
    }
    let text = format!("{client}:{}", secret_of(SecretKind::AppSecret, 10));
    for bad in [
        "",
        "x:y",
        &text[1..],
        &text[..text.len() - 1],
        &text.replace(':', ""),
        &text.replace(':', "::"),
        &format!("{text}:"),
        &format!("{text}\n"),
    ] {
        assert!(read(bad).is_none(), "{bad}");
    }
}

#[test]
fn a_secret_in_the_url_is_refused_whatever_the_headers_say() {
    let headers = valid_headers();
    let requested = |target: &str| reason(&format!("GET {target} HTTP/1.1\n{headers}"));
    let signing_key = format!("whsec_{}", STANDARD.encode([7; 24]));
    for allowed in [
        "/",
        "/1/profile.json?id=passcode",
        "/1/passcode=x",
        "/?passcodes=x&my_passcode=x&access-token=x",
        "/where?whsec_=x&gpa_=short",
    ] {
        assert_eq!(requested(allowed), Reason::Allowed, "{allowed}");
    }
    for name in ["passcode", "access_token"] {
        for name in [name.to_owned(), name.to_uppercase()] {
            for target in [format!("/?{name}=x"), format!("/?{name}"), format!("/?a=b&{name}=&c=d")]
            {
                assert_eq!(requested(&target), Reason::InQuery, "{target}");
            }
        }
    }
    let secrets = SecretKind::ALL.map(|kind| secret_of(kind, 2)).into_iter().chain([signing_key]);
    for secret in secrets {
        for target in [
            format!("/1/{secret}/profile.json"),
            format!("/1/profile.json?key={secret}"),
            format!("/1/profile.json?{secret}"),
            format!("http://example.com/{secret}"),
        ] {
            assert_eq!(requested(&target), Reason::InQuery, "{target}");
        }
    }
}

#[test]
fn the_first_request_of_curl_output_is_used() {
    let curl = format!(
        "*   Trying 127.0.0.1:80...\n> GET /1/profile.json HTTP/1.1\r\n> Host: in1.api.clevertap.com\r\n\
         > X-CleverTap-Account-Id: {ACCOUNT}\r\n> X-CleverTap-Passcode: {}\r\n> \r\n\
         < HTTP/1.1 301 Moved\r\n< X-CleverTap-Passcode: reflected\r\n< \r\n\
         > GET /again HTTP/1.1\r\n> X-CleverTap-Passcode: {}\r\n>\r\n",
        secret(1),
        secret(2)
    );
    let presented = PresentedCredential::from_header_block(curl.as_bytes()).unwrap();
    assert_eq!(presented.secret.expose(), secret(1).as_bytes());
}

#[test]
fn a_block_ends_at_an_empty_line_unless_it_begins_with_one() {
    let headers = valid_headers();
    for before in ["", "\n", "\r\n", "\r\n\n\r\n"] {
        assert_eq!(reason(&format!("{before}{headers}")), Reason::Allowed, "{before:?}");
        assert_eq!(reason(&format!("{before}GET / HTTP/1.1\n{headers}")), Reason::Allowed);
        let in_query = format!("{before}GET /?passcode=x HTTP/1.1\n{headers}");
        assert_eq!(reason(&in_query), Reason::InQuery, "{before:?}");
    }
    for end in ["\n", "\r\n"] {
        assert_eq!(reason(&format!("{headers}{end}{headers}")), Reason::Allowed, "{end:?}");
        assert_eq!(reason(&format!("Host: x\n{end}{headers}")), Reason::Missing, "{end:?}");
    }
}

#[test]
fn a_header_line_is_a_name_a_colon_and_a_value() {
    let headers = valid_headers();
    let passcode = secret(2);
    // These lines are no headers, so they are no second secret either.
    for ignored in [
        format!("X-CleverTap-Passcode {passcode}"),
        format!(" X-CleverTap-Passcode: {passcode}"),
        format!("X-CleverTap-Passcode : {passcode}"),
        format!(": {passcode}"),
        "no colon".to_owned(),
    ] {
        assert_eq!(reason(&format!("{headers}{ignored}\n")), Reason::Allowed, "{ignored}");
    }
    // Without a version, the first line is no request line.
    for line in ["GET /?passcode=x", "GET /?passcode=x HTTP"] {
        assert_eq!(reason(&format!("{line}\n{headers}")), Reason::Allowed, "{line}");
    }
}

#[test]
fn one_trailing_line_ending_is_accepted() {
    for end in ["", "\n", "\r\n"] {
        assert!(
            PresentedCredential::from_secret(format!("{}{end}", secret(1)).as_bytes()).is_ok(),
            "{end:?}"
        );
    }
    for end in ["\n\n", " ", "\r\r\n"] {
        assert!(
            PresentedCredential::from_secret(format!("{}{end}", secret(1)).as_bytes()).is_err(),
            "{end:?}"
        );
    }
}

proptest! {
    #[test]
    fn arbitrary_header_blocks_are_refused(block: Vec<u8>) {
        prop_assert!(PresentedCredential::from_header_block(&block).is_err());
    }

    #[test]
    fn a_target_with_the_shape_of_a_secret_contains_one(
        before in "[a-z/?=&_]{0,12}", prefix in "(gp[a-z]|whsec)_", text in "[0-9A-Za-z_-]{12,20}",
    ) {
        let target = format!("/{before}{prefix}{text}");
        prop_assert!(!contains_secret(&target) || target_contains_secret(target.as_bytes()));
    }
}
