'use strict';
/*
 * Runs in an isolated world, after Qt's qwebchannel.js: the page's own scripts never see the
 * channel or the Python object, only text events on the document. Verbs are listed here; a verb
 * that is not listed goes nowhere.
 */
(() => {
  const VERBS = new Set([
    'ready', 'landed', 'drawn', 'heartbeat', 'viewChanged', 'pressed', 'dragWanted', 'clicked',
    'doubleClicked', 'contextMenu', 'hovered', 'ringDrawn', 'drawingCancelled', 'baseMapChosen',
    'placeMenu', 'placeCopied', 'heatChosen', 'legendFolded',
  ]);
  const waiting = [];
  let bridge = null;

  /** @param {[string, ...(string|number|number[])[]]} call */
  const pass = ([verb, ...values]) => {
    if (VERBS.has(verb)) bridge[verb](...values);
  };

  document.addEventListener('baton:out', (event) => {
    const call = JSON.parse(event.detail);
    if (bridge) pass(call);
    else waiting.push(call);
  });

  new QWebChannel(qt.webChannelTransport, (channel) => {
    bridge = channel.objects.bridge;
    bridge.push.connect((text) => {
      document.dispatchEvent(new CustomEvent('baton:in', { detail: text }));
    });
    bridge.opened();
    waiting.splice(0).forEach(pass);
  });
})();
