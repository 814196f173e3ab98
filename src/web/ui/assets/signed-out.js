// Goes on to the application that asked for the sign-out, once the frames that tell the others have loaded. Without
// scripts the Refresh header does, or the person follows the link.

const onward = document.querySelector('#logout-continue');
if (onward) {
  const proceed = () => location.replace(onward.href);
  if (document.readyState === 'complete') proceed();
  else addEventListener('load', proceed);
  setTimeout(proceed, 8000);
}
