// The sample follows what is typed: its stylesheet is asked for anew, so that the rules for colours stand in one place.

const form = document.getElementById('appearance-form');
const sheet = document.getElementById('appearance-sample');
const names = document.querySelectorAll('[data-sample-name]');
const unnamed = [...names].map((name) => name.textContent);
let waiting;

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 150);
});

function show() {
  const address = new URL(sheet.href);
  for (const name of ['accent', 'background', 'corners']) address.searchParams.set(name, form.elements[name].value);
  if (address.href !== sheet.href) sheet.href = address.href;
  names.forEach((name, index) => {
    name.textContent = form.elements.name.value.trim() || unnamed[index];
  });
}
