//! Which request is answered by what.

use lsp_server::{ErrorCode, Request, RequestId, Response};
use lsp_types::Uri;
use lsp_types::request::{self as asked, Request as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::files::Book;

use super::actions::Actions;
use super::documents::{Document, Seen};
use super::explain::{self, Explain};
use super::{Session, actions, completion, diagnostics, hints, hover, outline, tokens};

impl Session<'_> {
    /// The answer to a request; none yet for one that is answered piece by piece.
    pub(super) fn respond(&mut self, request: Request) -> Option<Response> {
        self.check();
        if request.method == asked::WorkspaceDiagnosticRequest::METHOD {
            return self.begin(request);
        }
        let (client, generation) = (&self.client, self.generation);
        Some(match request.method.as_str() {
            asked::Shutdown::METHOD => {
                self.shutting_down = true;
                self.cancel_runs(|_| true);
                Response::new_ok(request.id, ())
            }
            asked::Initialize::METHOD => Response::new_err(request.id, ErrorCode::InvalidRequest as i32, "the server is initialized already".to_owned()),
            asked::DocumentDiagnosticRequest::METHOD => {
                let documents = &self.documents;
                reply::<asked::DocumentDiagnosticRequest>(request, |params| {
                    diagnostics::report(documents.get(&params.text_document.uri), params.previous_result_id.as_deref(), client, generation)
                })
            }
            Actions::METHOD => self.about::<Actions>(
                request,
                |params| &params.text_document.uri,
                |document, seen, params| Some(actions::actions(document, params, seen, client)),
            ),
            asked::CodeActionResolveRequest::METHOD => match actions::resolve(request.params, &self.documents, client) {
                Some(action) => Response::new_ok(request.id, action),
                None => Response::new_err(request.id, ErrorCode::ContentModified as i32, "the text has changed".to_owned()),
            },
            asked::HoverRequest::METHOD => self.about::<asked::HoverRequest>(
                request,
                |params| &params.text_document_position_params.text_document.uri,
                |document, seen, params| hover::hover(document, params.text_document_position_params.position, seen.book(), client),
            ),
            asked::DocumentSymbolRequest::METHOD => self.about::<asked::DocumentSymbolRequest>(
                request,
                |params| &params.text_document.uri,
                |document, _, _| Some(outline::symbols(document, client)),
            ),
            asked::FoldingRangeRequest::METHOD => {
                self.about::<asked::FoldingRangeRequest>(request, |params| &params.text_document.uri, |document, _, _| Some(outline::folding(document)))
            }
            asked::CodeLensRequest::METHOD => self.about::<asked::CodeLensRequest>(
                request,
                |params| &params.text_document.uri,
                |document, seen, _| Some(outline::lenses(document, seen.book(), client)),
            ),
            asked::Completion::METHOD => self.about::<asked::Completion>(
                request,
                |params| &params.text_document_position.text_document.uri,
                |document, seen, params| completion::completions(document, params, seen.book(), client),
            ),
            asked::InlayHintRequest::METHOD => self.about::<asked::InlayHintRequest>(
                request,
                |params| &params.text_document.uri,
                |document, _, params| Some(hints::hints(document, params.range, client)),
            ),
            asked::SemanticTokensFullRequest::METHOD => self.about::<asked::SemanticTokensFullRequest>(
                request,
                |params| &params.text_document.uri,
                |document, seen, _| Some(tokens::tokens(document, None, seen.book(), client).into()),
            ),
            asked::SemanticTokensRangeRequest::METHOD => self.about::<asked::SemanticTokensRangeRequest>(
                request,
                |params| &params.text_document.uri,
                |document, seen, params| Some(tokens::tokens(document, Some(params.range), seen.book(), client).into()),
            ),
            Explain::METHOD => reply::<Explain>(request, |params| explain::page(self.book_with(&params.rule), &params)),
            other => Response::new_err(request.id, ErrorCode::MethodNotFound as i32, format!("upr knows no {other}")),
        })
    }

    /// Answers a request about one document; nothing if the document is not open or no brief.
    fn about<R>(&self, request: Request, uri: impl Fn(&R::Params) -> &Uri, find: impl FnOnce(&Document, &Seen, &R::Params) -> R::Result) -> Response
    where
        R: asked::Request,
        R::Params: DeserializeOwned,
        R::Result: Serialize + Default,
    {
        reply::<R>(request, |params| {
            let document = self.documents.get(uri(&params)).filter(|document| document.is_brief());
            let seen = document.and_then(|document| Some((document, document.seen()?)));
            seen.map_or_else(R::Result::default, |(document, seen)| find(document, seen, &params))
        })
    }

    /// The rules among which this one is: a configuration may bring along its own.
    fn book_with(&self, rule: &str) -> &Book {
        let plain = self.configuration.plain_book();
        let configured = self.documents.all().filter_map(|document| document.seen()).map(Seen::book);
        std::iter::once(plain).chain(configured).find(|book| book.rule(rule).is_some()).unwrap_or(plain)
    }
}

/// Reads the parameters of a request and answers it; parameters of a wrong shape get an error.
fn reply<R>(request: Request, find: impl FnOnce(R::Params) -> R::Result) -> Response
where
    R: asked::Request,
    R::Params: DeserializeOwned,
    R::Result: Serialize,
{
    match serde_json::from_value::<R::Params>(request.params) {
        Ok(params) => Response::new_ok(request.id, find(params)),
        Err(error) => wrong_params(request.id, &error),
    }
}

/// The answer to parameters of a wrong shape.
pub(super) fn wrong_params(id: RequestId, error: &serde_json::Error) -> Response {
    Response::new_err(id, ErrorCode::InvalidParams as i32, fault(error))
}

/// What is wrong with a message, without its words: they may be those of a brief.
pub(super) fn fault(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split_once('"').map_or(text.as_str(), |(before, _)| before.trim_end()).to_owned()
}
