// The one script of the public pages; everything works without it. Drafts survive a reload in this tab, a place can be taken from the device, a picture that is too large is told before it is sent.
'use strict'
for (const form of document.querySelectorAll('form[data-draft]')) {
  const key = 'draft:' + form.dataset.draft
  const fields = [...form.querySelectorAll('input[type=text], input:not([type]), textarea')].filter((field) => field.name !== 'code') // a code is kept nowhere
  let kept = {}
  try { kept = JSON.parse(sessionStorage.getItem(key) || '{}') } catch { kept = {} }
  for (const field of fields) if (!field.value && typeof kept[field.name] === 'string') field.value = kept[field.name]
  form.addEventListener('input', () => { sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value])))) })
  form.addEventListener('submit', () => { if ('last' in form.dataset) sessionStorage.removeItem(key) })
}
const english = document.documentElement.lang === 'en'
const point = document.getElementById('point')
if (point && navigator.geolocation) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn'
  button.textContent = english ? 'Use my place' : '用我现在的位置'
  button.addEventListener('click', () => navigator.geolocation.getCurrentPosition(({ coords }) => { point.value = coords.latitude.toFixed(5) + ',' + coords.longitude.toFixed(5) }))
  point.after(button)
}
const photo = document.getElementById('photo')
if (photo) photo.addEventListener('change', () => {
  const file = photo.files[0]
  photo.setCustomValidity(file && file.size > 4 * 1024 * 1024 ? (english ? 'At most 4 MB.' : '照片最多 4 MB。') : '')
  photo.reportValidity()
})
