/** An invented person. The same person has the same email address at every vendor. */
export interface Person {
  index: number
  givenName: string
  familyName: string
  /** Unique, in lower case, ASCII. */
  email: string
}

const givenNames = (
  'Ada Jill Helen Dean Kevin José Zoë Søren Łukasz Müjde 明美 浩 Наталья Дмитрий Αθηνά Νίκος فاطمة يوسف ' +
  'שרה Ngọc Siobhán Chloë Björn Þóra Ğülay अनिका Amélie Iñaki Émile Dóra Jürgen Ольга 지우 O’Neil Ann-Marie Li'
).split(' ')
const familyNames = (
  'Lovelace Chill García Müller Ørsted Kowalczyk Şahin 佐藤 鈴木 Иванова Петров Παπαδοπούλου حسن כהן Nguyễn ' +
  'Ó-Súilleabháin Dvořák Åkesson Guðmundsdóttir Öztürk शर्मा Lefèvre Etxeberria Núñez Szabó Groß Смирнова 김 Smith Wang'
).split(' ')
const handles = 'ada jill helen dean kevin jose zoe soren lukasz mujde akemi hiroshi natalya dmitry athina nikos'.split(
  ' ',
)

/**
 * Returns the person with a number from 0, always with the same values. The sandboxes use overlapping ranges of numbers
 * (Zoom 0 to 1299, TrueConf 1000 to 1499, iMeet Central 1200 to 1399), so that people exist at several vendors.
 */
export function createPerson(index: number): Person {
  return {
    index,
    givenName: givenNames[index % givenNames.length]!,
    familyName: familyNames[(index * 7 + Math.floor(index / givenNames.length)) % familyNames.length]!,
    email: `${handles[index % handles.length]}.${index}@example.com`,
  }
}
