/*
 * Lets each program of a page run where it stands: in the playground, which is beside these pages. It is loaded when
 * it is first wanted.
 */
for (const button of document.querySelectorAll('.run-here')) {
  button.hidden = false
  button.addEventListener('click', () => {
    void run(button)
  })
}

async function run(button) {
  const program = button.previousElementSibling
  try {
    await import(new URL('playground/hocl-playground.js', import.meta.url).href)
  } catch {
    button.replaceWith('The playground is not beside these pages: `npm run site` puts it there.')
    return
  }
  const playground = document.createElement('hocl-playground')
  playground.setAttribute('aria-label', 'The program above, which can be changed and run')
  playground.textContent = program.textContent
  button.replaceWith(playground)
}
