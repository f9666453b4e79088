import PalcoTerraform
import Testing

@Suite struct SecretMaskTests {
  @Test func takesOutTheValuesOfSecretVariables() {
    let mask = SecretMask(environment: [
      "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG", "TF_VAR_db_password": "correct horse",
      "GITHUB_TOKEN": "ghp_0123456789",
    ])
    #expect(
      mask("key wJalrXUtnFEMI/K7MDENG, db=correct horse; ghp_0123456789!")
        == "key (sensitive), db=(sensitive); (sensitive)!")
  }

  @Test func leavesOtherVariablesAndShortWordsAlone() {
    let mask = SecretMask(environment: [
      "HOME": "/home/anybody", "TF_VAR_account_id": "123456789012", "MY_SECRET": "apply",
      "AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/token",
      "TOKEN_URL": "https://example.com/token",
    ])
    let text = "123456789012: apply in /home/anybody with /var/run/token of https://example.com/token"
    #expect(mask(text) == text)
  }

  @Test func takesTheLongerSecretFirst() {
    let mask = SecretMask(environment: ["A_SECRET": "12345678", "B_SECRET": "1234567890"])
    #expect(mask("1234567890") == "(sensitive)")
  }
}
