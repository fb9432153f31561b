// Runs in the browser, behind GraphiQL's own script. Asks for credentials if the page came without example tabs.
const { YogaGraphiQL, React } = globalThis
const settings = JSON.parse(document.querySelector('#settings').textContent)
const form = document.querySelector('#sign-in')
const keyItem = 'parley:key'
const callerItem = 'parley:caller'

let key = null
let shownCaller = null

globalThis.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => settings.workers[label] }

// A press on a tab selects it. GraphiQL would begin to drag the tab, and lose the click.
document.addEventListener(
  'pointerdown',
  (event) => event.target.closest?.('.graphiql-tab') && event.stopPropagation(),
  true,
)

if (settings.defaultTabs) show(settings.defaultTabs, localStorage)
else start()

function start() {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const { value } = form.elements.key
    void signIn(value.trim().replace(/^Bearer\s+/i, ''), form.elements.keep.checked)
  })
  const kept = sessionStorage.getItem(keyItem)
  if (kept === null) ask()
  else void signIn(kept, true)
}

function ask(problem = '') {
  sessionStorage.removeItem(keyItem)
  form.hidden = false
  form.querySelector('[role=alert]').textContent = problem
  form.elements.key.focus()
}

async function signIn(value, isKept) {
  const button = form.querySelector('button')
  button.disabled = true
  try {
    const { caller, tabs } = await fetchExamples(value)
    key = value
    form.elements.key.value = ''
    // The tabs of another caller are not shown.
    if (sessionStorage.getItem(callerItem) !== caller) sessionStorage.clear()
    sessionStorage.setItem(callerItem, caller)
    if (isKept) sessionStorage.setItem(keyItem, value)
    form.hidden = true
    if (caller === shownCaller) return
    shownCaller = caller
    show(tabs, sessionStorage)
  } catch (error) {
    ask(error.message)
  } finally {
    button.disabled = false
  }
}

/** Throws an Error with a sentence for the person. */
async function fetchExamples(value) {
  if (!/^[\x21-\x7e]+$/.test(value)) throw new Error('The key must be visible ASCII characters without spaces.')
  const response = await fetch(settings.examples, { headers: { authorization: `Bearer ${value}` } }).catch(() => {
    throw new Error('The server could not be reached. Try again.')
  })
  if (response.ok) return response.json()
  if (response.status === 401) throw new Error('The server rejected this API key or token.')
  const message = await response.json().then(
    ({ errors }) => errors[0].message,
    () => `The server responded with status ${response.status}. Try again.`,
  )
  throw new Error(message)
}

function show(tabs, storage) {
  const { pathname, search, hash } = location
  const parameters = new URLSearchParams(search)
  const query = parameters.get('query')
  const linked = query === null ? null : { query, variables: parameters.get('variables') ?? '' }
  // Neither the address bar nor the history of the browser keeps what is typed.
  history.replaceState(null, '', pathname + hash)
  const isFirstVisit = !selectStoredTab(storage)
  const root = document.createElement('div')
  root.id = 'root'
  document.querySelector('#root').replaceWith(root)
  YogaGraphiQL.renderYogaGraphiQL(root, {
    title: key === null ? settings.title : createTitle(),
    storage,
    defaultTabs: linked && isFirstVisit ? [linked, ...tabs] : tabs,
    ...linked,
    shouldPersistHeaders: false,
    onEditQuery: () => {},
    fetcher,
  })
}

/**
 * GraphiQL looks for the tab with the stored query and variables, and adds an empty one if there is none: without an edit,
 * none are stored. Returns whether tabs are stored.
 */
function selectStoredTab(storage) {
  try {
    const { tabs, activeTabIndex } = JSON.parse(storage.getItem('graphiql:tabState'))
    for (const name of ['query', 'variables']) {
      const value = tabs[activeTabIndex][name]
      if (value) storage.setItem(`graphiql:${name}`, value)
      else storage.removeItem(`graphiql:${name}`)
    }
    return true
  } catch {
    return false
  }
}

function createTitle() {
  const title = React.createElement('span', { id: 'sign-out-title' }, settings.title)
  const button = React.createElement('button', { id: 'sign-out', type: 'button', onClick: signOut }, 'Sign out')
  return React.createElement(React.Fragment, null, title, button)
}

function signOut() {
  sessionStorage.clear()
  location.reload()
}

async function fetcher({ query, operationName, variables }, { headers } = {}) {
  const sent = new Headers({ 'content-type': 'application/json', accept: 'application/graphql-response+json' })
  if (key !== null) sent.set('authorization', `Bearer ${key}`)
  for (const [name, value] of Object.entries(headers ?? {})) sent.set(name, value)
  // For a moment after a tab was opened, GraphiQL still names the operation of the tab before.
  const isNamed = operationName && new RegExp(`\\b${operationName}\\b`).test(query)
  const body = JSON.stringify({ query, ...(isNamed && { operationName }), variables })
  const response = await fetch(settings.endpoint, { method: 'POST', headers: sent, body })
  if (response.status === 401 && sent.get('authorization') === `Bearer ${key}`)
    ask('The server rejected this API key or token. It may have expired.')
  return response
    .json()
    .catch(() => ({ errors: [{ message: `The server responded with status ${response.status}.` }] }))
}
