import type { Configuration } from "./configuration";

/** Cookie with the state of a sign-in, which the API's callback compares with the one that Cognito returns. */
export const STATE_COOKIE = "sign_in_state";

const SCOPES = "openid email profile";

/** A value that nobody can guess. */
export const newState = (): string => crypto.randomUUID();

/** Cognito's page for signing in; afterwards Cognito redirects to the API, which gets the tokens. */
export function signInUrl(configuration: Configuration, state: string): string {
  const url = new URL(`https://${configuration.cognitoDomain}/oauth2/authorize`);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: configuration.cognitoClientId,
    redirect_uri: `${configuration.apiUrl}/auth/callback`,
    scope: SCOPES,
    state,
  }).toString();
  return url.href;
}

/** Cookie that only the site's domain and its API get: api.example.com for a site on example.com. */
export const stateCookie = (state: string, siteHost: string): string =>
  `${STATE_COOKIE}=${state}; Domain=${siteHost}; Path=/; Max-Age=600; Secure; SameSite=Lax`;
