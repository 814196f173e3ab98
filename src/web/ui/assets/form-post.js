// Sends the page's one form at once (OAuth 2.0 Form Post Response Mode). Without scripts the person presses its button.
HTMLFormElement.prototype.submit.call(document.forms[0]);
