/** Public settings of the site. The build replaces process.env.PUBLIC_… with their values. */
export interface Configuration {
  /** URL of the API: https://api.example.com. */
  apiUrl: string;
  /** Host of the user pool's domain: tap.auth.us-east-1.amazoncognito.com. */
  cognitoDomain: string;
  /** Id of the user pool's client, which is not secret. */
  cognitoClientId: string;
}

/** Checks that each setting has a value, and names those that do not. */
export function configurationOf(values: Record<string, string | undefined>): Configuration {
  const missing = Object.keys(values).filter((name) => !values[name]);
  if (missing.length > 0) throw new Error(`missing at build: ${missing.join(", ")}`);
  return {
    apiUrl: values["PUBLIC_API_URL"]!.replace(/\/$/, ""),
    cognitoDomain: values["PUBLIC_COGNITO_DOMAIN"]!.replace(/^https:\/\//, ""),
    cognitoClientId: values["PUBLIC_COGNITO_CLIENT_ID"]!,
  };
}
