import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Meeting } from '../../src/sandboxes/zoom/index.ts'
import { startStage, type Stage } from './stage.ts'

/** Folder for screenshots. Null if none are saved. */
const shots = process.env['SCREENSHOTS']
const day = 86_400_000

let stage: Stage
beforeAll(async () => {
  // The fifth host has a series that was recorded.
  stage = await startStage('apollo', { zoomSeed: { hosts: 5 } })
}, 60_000)
afterAll(() => stage.close())

let page: Page
let complaints: string[]
beforeEach(async () => {
  const visit = await stage.visit()
  page = visit.page
  complaints = visit.complaints
  onTestFinished(() => visit.context.close())
})

const section = () => page.getByRole('region', { name: 'Week' })
const button = (name: string) => section().getByRole('button', { name, exact: true })
const listMeetings = () => [...stage.zoom.data.meetings.values()]
const getSeries = (): Meeting =>
  listMeetings().find(({ past }) => past.some(({ recordings }) => recordings.length > 0))!

/** Returns the start of the week, in local time, that is some weeks away. */
function getMonday(weeks: number): Date {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) + weeks * 7)
}

/** Lists the starts of a series in a week. Null marks one that is canceled. */
function listStarts({ occurrences }: Meeting, weeks: number): { at: string; isCanceled: boolean }[] {
  const [from, before] = [getMonday(weeks).getTime(), getMonday(weeks + 1).getTime()]
  return occurrences!
    .map(({ start_time, status }) => ({ at: start_time, isCanceled: status === 'deleted' }))
    .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < before)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Waits until the week shows these occurrences of a series. */
async function expectStarts(series: Meeting, weeks: number): Promise<void> {
  const rows = section().getByRole('listitem').filter({ hasText: series.topic })
  const read = () =>
    rows.evaluateAll((all) =>
      all.map((row) => ({
        at: row.querySelector('time')!.dateTime.replace('.000Z', 'Z'),
        isCanceled: row.querySelector('s') !== null,
      })),
    )
  await expect.poll(read, { timeout: 20_000 }).toEqual(listStarts(series, weeks))
}

test('shows a series at each of its occurrences, with the one that is canceled, week by week', async () => {
  const series = getSeries()
  await button('Show this week').click()
  await expectStarts(series, 0)
  await button('Later week').click()
  await expectStarts(series, 1)
  await button('Later week').click()
  await expectStarts(series, 2)
  const canceled = series.occurrences!.find(({ status }) => status === 'deleted')!
  const weeks = Math.floor((Date.parse(canceled.start_time) - getMonday(0).getTime()) / (7 * day))
  for (let week = 2; week > weeks; week--) await button('Earlier week').click()
  await expectStarts(series, weeks)
  await expect.poll(() => section().getByText('canceled').count()).toBe(1)
  if (shots) await page.screenshot({ path: `${shots}/week.png`, fullPage: true })
  expect(complaints).toEqual([])
})

test('shows who attended a session, and lets the user read a report again that was not ready', async () => {
  const series = getSeries()
  await button('Show this week').click()
  await button(series.topic).first().click()
  const sessions = section().getByRole('group', { name: 'Sessions' })
  const rows = sessions.locator('ul > li')
  await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(10)
  const starts = await rows.evaluateAll((all) => all.map((row) => Date.parse(row.querySelector('time')!.dateTime)))
  expect(starts).toEqual(
    series.past
      .map(({ start }) => start)
      .toReversed()
      .slice(0, 10),
  )

  const latest = series.past.at(-1)!
  await rows.first().getByRole('button', { name: 'Attendance' }).click()
  const alert = sessions.getByRole('alert')
  await expect.poll(() => alert.textContent(), { timeout: 20_000 }).toContain('report')
  expect(await sessions.getByRole('table').count()).toBe(0)
  delete latest.report
  await alert.getByRole('button', { name: 'Read again' }).click()
  await expect.poll(() => sessions.getByRole('table').count(), { timeout: 20_000 }).toBe(1)
  expect(await alert.count()).toBe(0)

  const people = await sessions
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)))
  const names = people.map(([name]) => name)
  // Two guests with one name are two people. Of the guest who waited first, only the stay in the session counts.
  expect(names.filter((name) => name === 'Alex Kim')).toHaveLength(2)
  expect(names).not.toContain('Late guest')
  expect(people.find(([name]) => name === 'Jo Smith')).toMatchObject({ 1: 'email address', 4: '2', 5: '44 min' })
  await expect.poll(() => sessions.locator('caption').textContent()).toBe(`${people.length} people`)
  if (shots) await page.screenshot({ path: `${shots}/attendance.png`, fullPage: true })
  // The browser reports no error: the response without the report has the status 200.
  expect(complaints).toEqual([])
})

test('pauses while an account fails, and continues when the user tries again', async () => {
  const remove = stage.zoom.fault({ match: {}, kind: 'reset' })
  onTestFinished(remove)
  await button('Show this week').click()
  const again = button('Try again')
  await expect.poll(() => again.count(), { timeout: 20_000 }).toBe(1)
  expect(await section().getByRole('alert').textContent()).toMatch(/^Zoom is missing: ./)
  await expect.poll(() => section().locator('[aria-busy=true]').count()).toBe(0)
  remove()
  // Calls to the vendor can be paused for some seconds.
  const series = getSeries()
  const rows = section().getByRole('listitem').filter({ hasText: series.topic })
  const tryAgain = async () => {
    if ((await again.count()) > 0) await again.click()
    return rows.count()
  }
  await expect.poll(tryAgain, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0)
  await expectStarts(series, 0)
  expect(await section().getByRole('alert').count()).toBe(0)
  expect(await again.count()).toBe(0)
}, 90_000)
