// Runs in the browser after GraphiQL's own script. Shows the sign-in form if the page was served without example tabs.
const { YogaGraphiQL, React } = globalThis
const settings = JSON.parse(document.querySelector('#settings').textContent)
const form = document.querySelector('#sign-in')
const keyItem = 'parley:key'
const callerItem = 'parley:caller'

let key = null
let shownCaller = null

globalThis.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => settings.workers[label] }

// A press on a tab must select the tab. GraphiQL would start to drag the tab, and the click would be lost.
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
  const storedKey = sessionStorage.getItem(keyItem)
  if (storedKey === null) showForm()
  else void signIn(storedKey, true)
}

function showForm(problem = '') {
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
    // The stored tabs of another caller must not be shown.
    if (sessionStorage.getItem(callerItem) !== caller) sessionStorage.clear()
    sessionStorage.setItem(callerItem, caller)
    if (isKept) sessionStorage.setItem(keyItem, value)
    form.hidden = true
    if (caller === shownCaller) return
    shownCaller = caller
    show(tabs, sessionStorage)
  } catch (error) {
    showForm(error.message)
  } finally {
    button.disabled = false
  }
}

/** Fetches the caller's name and example tabs. Throws an Error whose message the form shows. */
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
  // The query of a link is removed from the URL, so that the browser's history does not keep it.
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
 * Stores the query and variables of the active tab. GraphiQL looks for the tab with the stored query and variables, and adds
 * an empty tab if there is none. Without an edit, GraphiQL does not store them itself. Returns whether tabs are stored.
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

/** Returns the response of a query or mutation, or an observable of the results of a subscription. */
async function fetcher({ query, operationName, variables }, { headers } = {}) {
  const sent = new Headers({
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, text/event-stream;q=0.9',
  })
  if (key !== null) sent.set('authorization', `Bearer ${key}`)
  for (const [name, value] of Object.entries(headers ?? {})) sent.set(name, value)
  // Shortly after a tab was opened, GraphiQL still sends the operation name of the previous tab.
  const isNamed = operationName && new RegExp(`\\b${operationName}\\b`).test(query)
  const body = JSON.stringify({ query, ...(isNamed && { operationName }), variables })
  const connection = new AbortController()
  const response = await fetch(settings.endpoint, { method: 'POST', headers: sent, body, signal: connection.signal })
  const isOwnKey = key !== null && sent.get('authorization') === `Bearer ${key}`
  const rejectKey = () => isOwnKey && showForm('The server rejected this API key or token. It may have expired.')
  if (response.status === 401) rejectKey()
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return response
      .json()
      .catch(() => ({ errors: [{ message: `The server responded with status ${response.status}.` }] }))
  return {
    subscribe(observer) {
      const onResult = (result) => {
        if (connection.signal.aborted) return
        if (result.errors?.[0].extensions?.code === 'UNAUTHENTICATED') rejectKey()
        observer.next(result)
      }
      void readStream(response, onResult).then(() => observer.complete())
      return { unsubscribe: () => connection.abort() }
    },
  }
}

/** Reads an event stream to its end. If it ends without the event `complete` and without an error, the last result is an error. */
async function readStream(response, onResult) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let isFailed = false
  for (let text = ''; ;) {
    const { done, value } = await reader.read().catch(() => ({ done: true }))
    if (done && !isFailed) onResult({ errors: [{ message: 'The connection was lost. Run the subscription again.' }] })
    if (done) return
    const events = (text + value).split('\n\n')
    text = events.pop()
    for (const event of events) {
      if (event.startsWith('event: complete')) return
      const [, json] = /^data: (.*)/m.exec(event) ?? []
      if (json === undefined) continue
      const result = JSON.parse(json)
      isFailed = !result.data
      onResult(result)
    }
  }
}
