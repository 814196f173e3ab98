// Puts the text of a chosen file into a text area, so that a list need not be pasted. Without scripts it is.

for (const place of document.querySelectorAll('[data-fills]')) {
  const area = document.getElementById(place.dataset.fills);
  const file = place.querySelector('input');
  place.hidden = false;
  file.addEventListener('change', async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    file.setCustomValidity(chosen.size > Number(place.dataset.longest) ? 'This file is too large.' : '');
    if (file.reportValidity()) area.value = await chosen.text();
  });
}
