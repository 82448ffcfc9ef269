//! One request to a machine of somebody else's.

use std::sync::OnceLock;
use std::time::Duration;

use ureq::Agent;

/// How long a request may take, the look-up of the name and the answer
/// included.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Sends a body and looks at nothing of the answer but its number: 2xx is
/// good. A redirect is not followed, because it could lead anywhere. The error
/// is a part of a sentence.
pub(super) fn post(url: &str, content_type: &str, body: &str) -> Result<(), String> {
    let answer = agent()
        .post(url)
        .content_type(content_type)
        .send(body)
        .map_err(|error| format!("{url} cannot be reached ({error})"))?;
    let status = answer.status();
    if status.is_success() {
        Ok(())
    } else {
        Err(format!("{url} answered {}", status.as_u16()))
    }
}

fn agent() -> &'static Agent {
    static AGENT: OnceLock<Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(Duration::from_secs(5)))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_response_header_size(16 * 1024)
            // Only our own settings say where we call.
            .proxy(None)
            .max_idle_connections(0)
            .user_agent(concat!("Daybook/", env!("CARGO_PKG_VERSION")))
            .build()
            .into()
    })
}
