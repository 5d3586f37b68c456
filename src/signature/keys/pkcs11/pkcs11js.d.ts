/**
 * The part of pkcs11js that is used here. It is an optional dependency with a native addon: declared by
 * hand, so that exhibita builds and runs where it could not be installed.
 */
declare module "pkcs11js" {
  interface Attribute {
    readonly type: number;
    readonly value: Buffer;
  }

  /** Cryptoki (PKCS#11 version 2.40), one method for each of its functions. Handles are buffers. */
  class PKCS11 {
    load(path: string): void;
    C_Initialize(options: { readonly flags: number }): void;
    C_GetSlotList(tokenPresent: boolean): Buffer[];
    C_GetTokenInfo(slot: Buffer): {
      readonly label: string;
      readonly serialNumber: string;
      readonly flags: number;
    };
    C_GetMechanismList(slot: Buffer): number[];
    C_OpenSession(slot: Buffer, flags: number): Buffer;
    C_Login(session: Buffer, user: number, pin?: string): void;
    C_FindObjectsInit(
      session: Buffer,
      template: readonly { readonly type: number; readonly value: number | boolean | Buffer }[],
    ): void;
    C_FindObjects(session: Buffer, most: number): Buffer[];
    C_FindObjectsFinal(session: Buffer): void;
    C_GetAttributeValue(
      session: Buffer,
      object: Buffer,
      template: readonly { readonly type: number }[],
    ): Attribute[];
    C_SignInit(session: Buffer, mechanism: { readonly mechanism: number }, key: Buffer): void;
    C_Sign(session: Buffer, data: Buffer, room: Buffer): Buffer;
  }

  const pkcs11js: { readonly PKCS11: typeof PKCS11 };
  export = pkcs11js;
}
