/** What the page says about the API; each error means that it is unavailable. */
export async function statusOf(apiUrl, request = fetch) {
  try {
    const response = await request(`${apiUrl}/about`);
    if (!response.ok) return 'The API is unavailable. Try again later.';
    const { environment, version } = await response.json();
    return `The API is available: environment ${environment}, version ${version}.`;
  } catch {
    return 'The API is unavailable. Try again later.';
  }
}

// Not in the tests, which have no page.
if (typeof document !== 'undefined') {
  const apiUrl = document.querySelector('meta[name="api-url"]').content;
  document.getElementById('api').textContent = await statusOf(apiUrl);
}
