//! Which request is answered by what.

use lsp_server::{ErrorCode, Request, Response};
use lsp_types::Uri;
use lsp_types::request::{self as asked, Request as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::Document;
use super::explain::{self, Explain};
use super::workspace::Asked;
use super::{Session, actions, completion, diagnostics, hints, hover, outline, tokens};

impl Session<'_> {
    pub(super) fn respond(&mut self, request: Request) -> Response {
        self.check();
        let (book, client, generation) = (&self.rules.book, &self.client, self.generation);
        match request.method.as_str() {
            asked::Shutdown::METHOD => {
                self.shutting_down = true;
                Response::new_ok(request.id, ())
            }
            asked::DocumentDiagnosticRequest::METHOD => {
                let documents = &self.documents;
                reply::<asked::DocumentDiagnosticRequest>(request, |params| {
                    diagnostics::report(documents.get(&params.text_document.uri), params.previous_result_id.as_deref(), client, generation)
                })
            }
            asked::WorkspaceDiagnosticRequest::METHOD => {
                let asked = Asked { documents: &self.documents, book, review: &self.settings.review, client, generation };
                reply::<asked::WorkspaceDiagnosticRequest>(request, |params| self.workspace.report(&params, &asked))
            }
            asked::CodeActionRequest::METHOD => self.about::<asked::CodeActionRequest>(
                request,
                |params| &params.text_document.uri,
                |document, params| Some(actions::actions(document, params, book, &self.settings.review, client)),
            ),
            asked::HoverRequest::METHOD => self.about::<asked::HoverRequest>(
                request,
                |params| &params.text_document_position_params.text_document.uri,
                |document, params| hover::hover(document, params.text_document_position_params.position, book, client),
            ),
            asked::DocumentSymbolRequest::METHOD => {
                self.about::<asked::DocumentSymbolRequest>(request, |params| &params.text_document.uri, |document, _| Some(outline::symbols(document, client)))
            }
            asked::FoldingRangeRequest::METHOD => {
                self.about::<asked::FoldingRangeRequest>(request, |params| &params.text_document.uri, |document, _| Some(outline::folding(document)))
            }
            asked::CodeLensRequest::METHOD => {
                self.about::<asked::CodeLensRequest>(request, |params| &params.text_document.uri, |document, _| Some(outline::lenses(document, book, client)))
            }
            asked::Completion::METHOD => self.about::<asked::Completion>(
                request,
                |params| &params.text_document_position.text_document.uri,
                |document, params| completion::completions(document, params, book, client),
            ),
            asked::InlayHintRequest::METHOD => self.about::<asked::InlayHintRequest>(
                request,
                |params| &params.text_document.uri,
                |document, params| Some(hints::hints(document, params.range, client)),
            ),
            asked::SemanticTokensFullRequest::METHOD => self.about::<asked::SemanticTokensFullRequest>(
                request,
                |params| &params.text_document.uri,
                |document, _| Some(tokens::tokens(document, None, book, client).into()),
            ),
            asked::SemanticTokensRangeRequest::METHOD => self.about::<asked::SemanticTokensRangeRequest>(
                request,
                |params| &params.text_document.uri,
                |document, params| Some(tokens::tokens(document, Some(params.range), book, client).into()),
            ),
            Explain::METHOD => reply::<Explain>(request, |params| explain::page(book, &params)),
            other => Response::new_err(request.id, ErrorCode::MethodNotFound as i32, format!("upr knows no {other}")),
        }
    }

    /// Answers a request about one document; nothing if the document is not open or no brief.
    fn about<R>(&self, request: Request, uri: impl Fn(&R::Params) -> &Uri, find: impl FnOnce(&Document, &R::Params) -> R::Result) -> Response
    where
        R: asked::Request,
        R::Params: DeserializeOwned,
        R::Result: Serialize + Default,
    {
        reply::<R>(request, |params| match self.documents.get(uri(&params)) {
            Some(document) if document.is_brief() => find(document, &params),
            _ => R::Result::default(),
        })
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
        Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
