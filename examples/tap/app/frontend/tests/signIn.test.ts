import { expect, test } from "bun:test";
import { configurationOf } from "../src/configuration";
import { newState, signInUrl, stateCookie } from "../src/signIn";

const configuration = configurationOf({
  PUBLIC_API_URL: "https://api.example.com/",
  PUBLIC_COGNITO_DOMAIN: "https://tap.auth.us-east-1.amazoncognito.com",
  PUBLIC_COGNITO_CLIENT_ID: "client",
});

test("sign-in leads to Cognito, and from there to the API", () => {
  expect(signInUrl(configuration, "state 1")).toBe(
    "https://tap.auth.us-east-1.amazoncognito.com/oauth2/authorize?response_type=code&client_id=client" +
      "&redirect_uri=https%3A%2F%2Fapi.example.com%2Fauth%2Fcallback&scope=openid+email+profile&state=state+1",
  );
});

test("each sign-in has its own state, in a cookie for the site and its API", () => {
  expect(newState()).not.toBe(newState());
  expect(stateCookie("abc", "example.com")).toBe(
    "sign_in_state=abc; Domain=example.com; Path=/; Max-Age=600; Secure; SameSite=Lax",
  );
});

test("missing settings are named", () => {
  expect(() => configurationOf({ PUBLIC_API_URL: "", PUBLIC_COGNITO_DOMAIN: "d", PUBLIC_COGNITO_CLIENT_ID: undefined })).toThrow(
    "missing at build: PUBLIC_API_URL, PUBLIC_COGNITO_CLIENT_ID",
  );
});
