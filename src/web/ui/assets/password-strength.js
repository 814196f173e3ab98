// Shows, while somebody chooses a password, how hard it is to guess. Without scripts the answer comes with the form.

for (const place of document.querySelectorAll('[data-strength-of]')) {
  const input = document.getElementById(place.dataset.strengthOf);
  const [meter, text] = [place.querySelector('meter'), place.querySelector('[role=status]')];
  let timer;
  let latest = 0;

  const ask = async () => {
    latest += 1;
    const mine = latest;
    const body = new URLSearchParams({ password: input.value });
    for (const name of ['username', 'email']) {
      const value = input.form?.elements.namedItem(name)?.value ?? place.dataset[name];
      if (value) body.set(name, value);
    }
    try {
      const response = await fetch('/password-strength', { method: 'POST', body });
      if (!response.ok || mine !== latest) return;
      const answer = await response.json();
      if (mine !== latest || input.value === '') return;
      meter.value = answer.score;
      text.textContent = answer.text;
      place.dataset.told = '';
    } catch {
      // The form tells when it is sent.
    }
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value === '') {
      latest += 1;
      delete place.dataset.told;
      return;
    }
    timer = setTimeout(ask, 300);
  });
}
