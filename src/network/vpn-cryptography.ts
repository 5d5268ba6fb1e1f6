/**
 * What the tunnels of a VPN agree upon: IKE version 2 only, and nothing that is broken. The Diffie-Hellman groups 2, 5, 22, 23 and 24, which
 * RFC 8247 (section 2.4) advises against, are in none of them. AWS Site-to-Site VPN, "Tunnel options" (read 2026-11-23).
 */
export class VpnCryptography {
  /** AES-256 in GCM, SHA-2 from 384 bits, elliptic curves: what devices of this decade speak. */
  public static readonly STRONG = new VpnCryptography(['AES256-GCM-16'], ['SHA2-384', 'SHA2-512'], [19, 20, 21]);
  /** AES-128 and CBC, SHA-256 and large prime groups too, for older devices. */
  public static readonly COMPATIBLE = new VpnCryptography(['AES128', 'AES128-GCM-16', 'AES256', 'AES256-GCM-16'], ['SHA2-256', 'SHA2-384', 'SHA2-512'], [14, 15, 16, 17, 18, 19, 20, 21]);

  private constructor(
    /** AWS's names of the ciphers. */
    public readonly ciphers: string[],
    /** AWS's names of the hashes. */
    public readonly hashes: string[],
    /** Numbers of the Diffie-Hellman groups. */
    public readonly groups: number[],
  ) {}
}
