// Classic script, before the first paint: no flash of the wrong theme or language.
(function () {
  try {
    var root = document.documentElement;
    root.dataset.theme = localStorage.getItem('diferido.theme') || 'system';
    root.lang = localStorage.getItem('diferido.lang') || 'es';
  } catch (e) { /* storage refused: the defaults of the page hold */ }
})();
