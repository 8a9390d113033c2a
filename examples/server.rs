//! A quote server on the same engine as the page: `cargo run --release --example server`.
//!
//! - `POST /quote`: terms in, the quote with its rows out, as a page can `verify` it.
//! - `POST /quotes`: a list of at most 1,000 terms in, a list of `{"ok": quote}` or `{"error": {"issues"}}` out.
//! - `POST /call`: `{"call": name, "arguments": [...]}`, any call of the package, in; `{"ok": ...}` out.
//! - `GET /health`: `{"ok": {"engine", "rules"}}`.
//!
//! What cannot be answered is `{"error": {"issues": [...]}}`: 422 for wrong input, 413 for too much of it, 408 or 503 where
//! time ran out or too much was asked at once. PORT (8081) and HOST (127.0.0.1) say where it listens, REQUEST_SECONDS (10)
//! how long a request may take. It holds no state: run as many as there is load. Slow senders of headers are for the
//! proxy in front of it.

#[path = "support/batch.rs"]
mod batch;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, serve};
use clearloan::error::{LoanError, Message};
use clearloan::json::{self, Json};
use clearloan::request;
use clearloan::wire::Wire;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::{signal, task, time};

/// Terms of a few kilobytes a thousand times.
const BODY_BYTES_MAX: usize = 4 << 20;
/// Quotes of one batch.
const BATCH_MAX: usize = 1_000;
/// For reading the request and answering it, unless REQUEST_SECONDS says otherwise; the slowest batch of 600-instalment
/// loans takes a tenth of that.
const REQUEST_SECONDS_MAX: u64 = 10;
/// Requests in work at a time; the next ones are told to come back, so that memory stays bounded.
const REQUESTS_AT_ONCE_MAX: usize = 256;
/// After a signal to stop, running requests have that long.
const STOP_TIME_MAX: Duration = Duration::from_secs(15);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let host = std::env::var("HOST").unwrap_or_else(|_| "127.0.0.1".to_owned());
    let port = std::env::var("PORT").map_or(Ok(8081), |port| port.parse::<u16>())?;
    let seconds = std::env::var("REQUEST_SECONDS").map_or(Ok(REQUEST_SECONDS_MAX), |seconds| seconds.parse())?;
    let listener = TcpListener::bind((host, port)).await?;
    println!("clearloan is at http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;

    let (stop, stopping) = tokio::sync::oneshot::channel::<()>();
    let server = serve(listener, app(Duration::from_secs(seconds))).with_graceful_shutdown(async {
        let _ = stopping.await;
    });
    let server = tokio::spawn(async { server.await });
    asked_to_stop().await;
    println!("stopping");
    let _ = stop.send(());
    match time::timeout(STOP_TIME_MAX, server).await {
        Ok(done) => Ok(done??),
        Err(_) => Err("some requests were still running and have been cut off".into()),
    }
}

/// What bounds a request from outside.
#[derive(Clone)]
struct Limits {
    time: Duration,
    room: Arc<Semaphore>,
}

fn app(time: Duration) -> Router {
    let limits = Limits { time, room: Arc::new(Semaphore::new(REQUESTS_AT_ONCE_MAX)) };
    Router::new()
        .route("/quote", post(|body| answered(body, quote)))
        .route("/quotes", post(|body| answered(body, quotes)))
        .route("/call", post(|body| answered(body, call)))
        .route("/health", get(|| async { reply(StatusCode::OK, request::answer(r#"{"call":"version"}"#)) }))
        .fallback(|| async {
            refused(StatusCode::NOT_FOUND, "not_found", "没有这个地址", "there is no such address")
        })
        .method_not_allowed_fallback(|| async {
            refused(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", "方法不对：请用 POST", "wrong method: use POST")
        })
        .layer(middleware::from_fn_with_state(limits, within_limits))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// SIGTERM, as a process manager sends it, or Ctrl-C.
async fn asked_to_stop() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        return;
    }
    let _ = interrupted.await;
}

/// So many at once, so long each, and words where the framework would give none.
async fn within_limits(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let Ok(_place) = limits.room.try_acquire() else {
        let mut busy =
            refused(StatusCode::SERVICE_UNAVAILABLE, "busy", "请求过多，请稍后重试", "too much at once: retry");
        busy.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        return busy;
    };
    match time::timeout(limits.time, next.run(request)).await {
        Ok(response) if response.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            refused(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "请求体不得超过 4 MB", "the body may have at most 4 MB")
        }
        Ok(response) => response,
        Err(_) => refused(StatusCode::REQUEST_TIMEOUT, "timeout", "请求超时", "the request took too long"),
    }
}

/// Reckons on a thread of its own, so that other requests are heard meanwhile.
async fn answered(body: Bytes, make: fn(&str) -> Result<String, LoanError>) -> Response {
    let made = task::spawn_blocking(move || match std::str::from_utf8(&body) {
        Ok(text) => make(text),
        Err(_) => Err(unreadable()),
    });
    match made.await {
        Ok(Ok(text)) => reply(StatusCode::OK, text),
        Ok(Err(error)) => reply(StatusCode::UNPROCESSABLE_ENTITY, error_text(&error)),
        Err(_) => {
            refused(StatusCode::INTERNAL_SERVER_ERROR, "internal", "引擎中断", "the engine stopped on this input")
        }
    }
}

fn quote(body: &str) -> Result<String, LoanError> {
    request::quote_json(&json::read(body).ok_or_else(unreadable)?, &Wire::Null)
}

fn call(body: &str) -> Result<String, LoanError> {
    Ok(["{\"ok\":", &request::result_of(body)?, "}"].concat())
}

fn quotes(body: &str) -> Result<String, LoanError> {
    let Wire::List(batch) = json::read(body).ok_or_else(unreadable)? else {
        return Err(LoanError::one("wrong_type", "", Message::new("应为合同要素的列表", "must be a list of terms")));
    };
    if batch.len() > BATCH_MAX {
        let mut error =
            LoanError::one("too_large", "", Message::new("一批不得超过 1000 笔", "a batch has at most 1,000 terms"));
        error.issues[0].limit = Some(BATCH_MAX.to_string());
        return Err(error);
    }
    let made = batch::map(&batch, |terms| match request::quote_json(terms, &Wire::Null) {
        Ok(quote) => ["{\"ok\":", &quote, "}"].concat(),
        Err(error) => error_text(&error),
    });
    Ok(["[", &made.join(","), "]"].concat())
}

fn unreadable() -> LoanError {
    LoanError::one("unreadable", "", Message::new("请求不是有效的 JSON", "the request is not valid JSON"))
}

fn error_text(error: &LoanError) -> String {
    let mut json = Json::default();
    json.object(|json| json.field("error").object(|json| error.write(json.field("issues"))));
    json.into_text()
}

fn refused(status: StatusCode, code: &'static str, zh_cn: &str, en: &str) -> Response {
    reply(status, error_text(&LoanError::one(code, "", Message::new(zh_cn, en))))
}

fn reply(status: StatusCode, text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}
