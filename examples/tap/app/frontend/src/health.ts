export type Health = "checking" | "available" | "unavailable";

/** Asks the API whether it is running. Every error means that it is unavailable. */
export async function readHealth(apiUrl: string, request: typeof fetch = fetch): Promise<Health> {
  try {
    const response = await request(`${apiUrl}/health`, { credentials: "include" });
    return response.ok ? "available" : "unavailable";
  } catch {
    return "unavailable";
  }
}
