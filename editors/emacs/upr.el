;;; upr.el --- upr in Emacs, by eglot  -*- lexical-binding: t -*-

;; Load this file from your init file.  It needs the command `upr' on your PATH and eglot (part of Emacs 29).
;; With markdown-mode installed, `M-x eglot' in a brief starts the server; add `eglot-ensure' to
;; `markdown-mode-hook' to start it by itself.  A Markdown file that is no brief stays quiet.

(require 'eglot)

(add-to-list 'eglot-server-programs '((markdown-mode gfm-mode) . ("upr" "server")))

(provide 'upr)
;;; upr.el ends here
