//! Tests of what a request may present.

use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use rand::SeedableRng;

use super::{
    authorization::{ClientCredentials, PresentedSecret},
    presented::PresentedCredential,
};
use crate::domain::{
    credential::secret::{Plaintext, SecretKind},
    decision::Reason,
    directory::id::ClientId,
};

const ACCOUNT: &str = "948-4KK-444Z";

fn secret(seed: u64) -> String {
    let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let secret = Plaintext::generate(SecretKind::AccountPasscode, &mut entropy);
    String::from_utf8(secret.expose().to_vec()).unwrap()
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
    let one = format!("X-CleverTap-Account-Id: {ACCOUNT}\nX-CleverTap-Passcode: {}\n", secret(1));
    assert_eq!(reason(&one), Reason::Allowed);
    assert_eq!(reason(&format!("{one}X-CleverTap-Passcode: {}\n", secret(2))), Reason::Duplicate);
    assert_eq!(reason(&format!("{one}X_CleverTap_Passcode: {}\n", secret(2))), Reason::Duplicate);
    assert_eq!(reason(&format!("{one}Authorization: Bearer {}\n", secret(2))), Reason::Duplicate);
    assert_eq!(reason(&format!("{one}X-CleverTap-Account-Id: {ACCOUNT}\n")), Reason::Duplicate);
    assert_eq!(reason("Host: x\n"), Reason::Missing);
    assert_eq!(reason(""), Reason::Missing);
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
fn a_token_is_accepted_as_bearer_only() {
    let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(9);
    let token = Plaintext::generate(SecretKind::Token, &mut entropy);
    let token = String::from_utf8(token.expose().to_vec()).unwrap();
    let headers = format!("X-CleverTap-Account-Id: {ACCOUNT}\nX-CleverTap-Passcode: {token}\n");
    assert_eq!(reason(&format!("Authorization: Bearer {token}\n")), Reason::Allowed);
    assert_eq!(reason(&headers), Reason::Malformed);
}

#[test]
fn client_credentials_are_read_from_basic_auth() {
    let mut entropy = rand_chacha::ChaCha8Rng::seed_from_u64(10);
    let client = ClientId::generate(&mut entropy);
    let secret = Plaintext::generate(SecretKind::AppSecret, &mut entropy);
    let text = format!("{client}:{}", std::str::from_utf8(secret.expose()).unwrap());
    let credentials =
        ClientCredentials::parse(format!("Basic {}", STANDARD.encode(&text)).as_bytes());
    let credentials = credentials.unwrap();
    assert_eq!((credentials.client, credentials.secret.expose()), (client, secret.expose()));
    for bad in [&text[1..], &text[..text.len() - 1], "x:y", "", &text.replace("gps_", "gpt_")] {
        let value = format!("Basic {}", STANDARD.encode(bad));
        assert!(ClientCredentials::parse(value.as_bytes()).is_none(), "{bad}");
    }
}

#[test]
fn a_secret_in_the_url_is_refused_whatever_the_headers_say() {
    let headers =
        format!("X-CleverTap-Account-Id: {ACCOUNT}\nX-CleverTap-Passcode: {}\n", secret(1));
    let requested = |target: &str| reason(&format!("GET {target} HTTP/1.1\n{headers}"));
    assert_eq!(requested("/1/profile.json?id=passcode"), Reason::Allowed);
    assert_eq!(requested("/1/profile.json?id=7&Passcode=x"), Reason::InQuery);
    assert_eq!(requested("/1/profile.json?access_token=x"), Reason::InQuery);
    assert_eq!(requested(&format!("/1/{}/profile.json", secret(2))), Reason::InQuery);
    assert_eq!(requested(&format!("/1/profile.json?key={}", secret(2))), Reason::InQuery);
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
}
