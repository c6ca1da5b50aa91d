;;; test.el --- a brief in a real Emacs  -*- lexical-binding: t -*-

;; Findings come, one is ignored by its code action, and it is gone.
;; UPR_BRIEF=copy-of-a-brief.md emacs -q --batch -l editors/emacs/test.el

(package-initialize)
(load (expand-file-name "upr.el" (file-name-directory load-file-name)))
(require 'flymake)

(setq eglot-sync-connect 10
      eglot-autoshutdown t
      eglot-confirm-server-initiated-edits nil)

;; The mode of the package markdown-mode, which a plain machine does not have.
(unless (fboundp 'markdown-mode)
  (define-derived-mode markdown-mode text-mode "Markdown"))

(defun upr-test-fail (&rest arguments)
  (princ (concat "emacs: " (apply #'format arguments) "\n"))
  (kill-emacs 1))

(defun upr-test-vague ()
  "The findings about a vague deadline."
  (seq-filter (lambda (found) (string-match-p "as soon as possible" (flymake-diagnostic-text found))) (flymake-diagnostics)))

(defun upr-test-wait (condition)
  "Wait up to ten seconds for CONDITION."
  (let ((turns 0))
    (while (and (< turns 100) (not (funcall condition)))
      (accept-process-output nil 0.1)
      (setq turns (1+ turns))
      (when (= 0 (mod turns 10)) (flymake-start)))
    (funcall condition)))

(find-file (getenv "UPR_BRIEF"))
(markdown-mode)
(flymake-mode 1)
(call-interactively #'eglot)
(unless (upr-test-wait #'upr-test-vague) (upr-test-fail "no finding about a vague deadline came"))

(let* ((all (length (flymake-diagnostics)))
       (found (car (upr-test-vague)))
       (words (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found))))
  (unless (equal words "as soon as possible") (upr-test-fail "the finding marks \"%s\"" words))
  (goto-char (flymake-diagnostic-beg found))
  (let* ((server (eglot--current-server-or-lose))
         (position (eglot--pos-to-lsp-position (point)))
         (actions (jsonrpc-request server :textDocument/codeAction
                                   (list :textDocument (eglot--TextDocumentIdentifier)
                                         :range (list :start position :end position)
                                         :context (list :diagnostics []))))
         (ignore-it (seq-find (lambda (action) (equal (plist-get action :title) "Ignore time-bound/vague-deadline here")) actions)))
    (unless ignore-it (upr-test-fail "the finding cannot be ignored by a code action"))
    (eglot--apply-workspace-edit (plist-get ignore-it :edit))
    (eglot--signal-textDocument/didChange)
    (unless (upr-test-wait (lambda () (null (upr-test-vague)))) (upr-test-fail "the finding is still there"))
    (princ (format "emacs: %d findings, one ignored and gone\n" all))
    (set-buffer-modified-p nil)
    (kill-emacs 0)))
